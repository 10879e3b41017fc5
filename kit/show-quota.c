/*
 * kit: quotactl and quotactl_fd, whose commands are in quota.table.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <limits.h>
#include <linux/dqblk_xfs.h>
#include <linux/quota.h>
#include <stddef.h>

#include "show.h"

#include "quota.inc"

bool kit_kind_path(struct pure_show *show, const struct kit_field *field,
		   const struct kit_data *data)
{
	(void)field;
	kit_put_path(show, data->address, PATH_MAX);
	return true;
}

/* A command, and of what kind the quotas are that it is about. */
static unsigned int whole(const struct pure_show *show)
{
	return (unsigned int)
		show->arguments[show->number == SYS_quotactl ? 0 : 1];
}

static unsigned int command_number(const struct pure_show *show)
{
	return whole(show) >> SUBCMDSHIFT;
}

static const struct kit_field *command_of(const struct pure_show *show)
{
	return kit_find_field(&kit_fields_quota, command_number(show));
}

void kit_show_quota(struct pure_show *show, int i)
{
	const struct kit_field *command = command_of(show);
	struct pure_show_options names = *show->options;
	struct pure_show inner = *show;

	(void)i;
	if (names.constants)
		pure_put_unsigned(show->text, whole(show));
	if (names.constants == 1)
		return;
	pure_put(show->text, names.constants ? " /* QCMD(" : "QCMD(");
	names.constants = 0;
	inner.options = &names;
	if (command) {
		pure_put(show->text, command->name);
	} else {
		pure_put_hex(show->text, command_number(show));
		kit_put_comment(&inner, "Q_???");
	}
	pure_put(show->text, ", ");
	kit_put_one(&inner, &kit_flags_quotaof, whole(show) & SUBCMDMASK);
	pure_put_char(show->text, ')');
	kit_end_name(show);
}

/* A user or group, or a format; most commands have none. */
void kit_show_quotaid(struct pure_show *show, int i)
{
	const unsigned int id = (unsigned int)show->arguments[i];
	const unsigned int number = command_number(show);

	if (number == Q_QUOTAON)
		kit_put_one(show, &kit_flags_quotaformat, id);
	else if (!command_of(show) ||
		 kit_flag_name(&kit_flags_quotawithid, number))
		kit_put_id(show, id);
}

bool kit_quota_asks(const struct pure_show *show)
{
	const struct kit_field *command = command_of(show);

	return command && command->mark == '>';
}

void kit_show_quotaarg(struct pure_show *show, int i)
{
	kit_put_command_argument(show, command_of(show), show->arguments[i]);
}
