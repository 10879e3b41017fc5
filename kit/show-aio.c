/*
 * kit: asynchronous input and output.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <linux/aio_abi.h>
#include <linux/io_uring.h>
#include <string.h>

#include "show.h"

KIT_FLAGS(iocbcommand);
KIT_FLAGS(iocbflags);
KIT_FLAGS(poll);
KIT_FLAGS(rwf);
KIT_FIELDS(io_event);
KIT_FIELDS(io_uring_params);

void kit_put_ioevents_at(struct pure_show *show, unsigned long address, int i)
{
	const struct kit_field one = { .with = &kit_fields_io_event };
	const struct kit_data data = {
		.address = address,
		.size = show->result * sizeof(struct io_event),
	};

	(void)i;
	if (show->result > 0)
		kit_kind_array(show, &one, &data);
	else
		pure_put(show->text, "[]");
}

void kit_put_ioevent_at(struct pure_show *show, unsigned long address, int i)
{
	(void)i;
	kit_put_struct(show, &kit_fields_io_event, address);
}

/* It is there if a flag says so. */
bool kit_kind_queuefd(struct pure_show *show, const struct kit_field *field,
		      const struct kit_data *data)
{
	const struct io_uring_params *params = kit_start_of(field, data);

	if (!(params->flags & IORING_SETUP_ATTACH_WQ))
		return false;
	kit_put_fd(show, (int)params->wq_fd);
	return true;
}

void kit_put_uringparams_at(struct pure_show *show, unsigned long address,
			    int i)
{
	(void)i;
	kit_put_struct(show, &kit_fields_io_uring_params, address);
}

static void put_header(struct pure_show *show, const struct iocb *block)
{
	kit_put_name(show, "aio_data");
	pure_put_hex(show->text, block->aio_data);
	if (block->aio_key)
		kit_put_unsigned(show, "aio_key", block->aio_key);
	if (block->aio_rw_flags) {
		kit_put_name(show, "aio_rw_flags");
		kit_put_flags(show, &kit_flags_rwf,
			      (unsigned int)block->aio_rw_flags);
	}
	kit_put_name(show, "aio_lio_opcode");
	kit_put_one_unsigned(show, &kit_flags_iocbcommand,
			     block->aio_lio_opcode);
	if (block->aio_flags & IOCB_FLAG_IOPRIO) {
		kit_put_name(show, "aio_reqprio");
		kit_put_ioprio(show, (unsigned short)block->aio_reqprio);
	} else if (block->aio_reqprio) {
		kit_put_signed(show, "aio_reqprio", block->aio_reqprio);
	}
	kit_put_name(show, "aio_fildes");
	kit_put_fd(show, (int)block->aio_fildes);
}

static void put_flags(struct pure_show *show, const struct iocb *block)
{
	if (block->aio_flags) {
		kit_put_name(show, "aio_flags");
		kit_put_flags(show, &kit_flags_iocbflags, block->aio_flags);
	}
	if (block->aio_flags & IOCB_FLAG_RESFD) {
		kit_put_name(show, "aio_resfd");
		kit_put_fd(show, (int)block->aio_resfd);
	} else if (block->aio_resfd) {
		kit_put_name(show, "aio_resfd");
		pure_put_hex(show->text, block->aio_resfd);
	}
}

static void put_buffer(struct pure_show *show, const struct iocb *block)
{
	const bool valid = (long)block->aio_nbytes >= 0;
	const bool vectors = block->aio_lio_opcode == IOCB_CMD_PREADV ||
			     block->aio_lio_opcode == IOCB_CMD_PWRITEV;

	kit_put_name(show, "aio_buf");
	if (valid && vectors)
		kit_put_vector_addresses(
			show, block->aio_buf, block->aio_nbytes,
			block->aio_lio_opcode == IOCB_CMD_PREADV);
	else if (valid && block->aio_lio_opcode == IOCB_CMD_PWRITE)
		kit_put_memory(show, block->aio_buf, block->aio_nbytes);
	else
		pure_put_hex(show->text, block->aio_buf);
	if (!valid || !vectors)
		kit_put_unsigned(show, "aio_nbytes", block->aio_nbytes);
	kit_put_signed(show, "aio_offset", block->aio_offset);
	put_flags(show, block);
}

static void put_block(struct pure_show *show, const struct iocb *block)
{
	pure_put_char(show->text, '{');
	put_header(show, block);
	switch (block->aio_lio_opcode) {
	case IOCB_CMD_PREAD:
	case IOCB_CMD_PWRITE:
	case IOCB_CMD_PREADV:
	case IOCB_CMD_PWRITEV:
		put_buffer(show, block);
		break;
	case IOCB_CMD_POLL:
		kit_put_name(show, "aio_buf");
		kit_put_flags(show, &kit_flags_poll, block->aio_buf);
		put_flags(show, block);
		break;
	}
	pure_put_char(show->text, '}');
}

static void put_pointer(struct pure_show *show, const void *element)
{
	struct iocb block;

	if (kit_fetch(show, &block, *(const unsigned long *)element,
		      sizeof(block)))
		put_block(show, &block);
}

void kit_put_iocbs_at(struct pure_show *show, unsigned long address, int i)
{
	const long count = (long)kit_size(show, i);

	if (count < 0)
		kit_put_address(show, address);
	else
		kit_put_array(show, address, count, sizeof(long), put_pointer);
}

void kit_put_iocb_at(struct pure_show *show, unsigned long address, int i)
{
	struct iocb block;

	(void)i;
	if (!kit_fetch(show, &block, address, sizeof(block)))
		return;
	pure_put_char(show->text, '{');
	put_header(show, &block);
	pure_put_char(show->text, '}');
}
