/*
 * kit: what devices' commands take that ioctl.table can't say.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <linux/gpio.h>
#include <linux/hdreg.h>
#include <linux/ptp_clock.h>
#include <linux/rtc.h>
#include <scsi/sg.h>
#include <stddef.h>

#include "show.h"

KIT_FIELDS(gpio_v2_line_config);
KIT_FIELDS(ptp_clock_time);
KIT_FIELDS(rtc_param_asked);
KIT_FIELDS(rtc_param_got);
KIT_FLAGS(atacommand);
KIT_FLAGS(gpioline2);
KIT_FLAGS(rtcfeature);
KIT_FLAGS(rtcswitch);
KIT_FLAGS(sgreset);

/* As the kernel has it; the C library's header needn't. */
#ifndef SG_SCSI_RESET_NO_ESCALATE
#define SG_SCSI_RESET_NO_ESCALATE 0x100
#endif

/* A number that is shown unless it is 0. */
bool kit_kind_nonzero(struct pure_show *show, const struct kit_field *field,
		      const struct kit_data *data)
{
	return kit_number(data->bytes, data->size) != 0 &&
	       kit_kind_u(show, field, data);
}

/*
 * A disk's own command: what was asked for, which kept[0] has, and what the
 * call has put there, with sectors after it.
 */
bool kit_kind_diskcommand(struct pure_show *show, const struct kit_field *field,
			  const struct kit_data *data)
{
	const unsigned char *asked = (const unsigned char *)&show->kept[0];
	unsigned char got[4];

	(void)field;
	if (!kit_fetch(show, got, data->address, sizeof(got)))
		return true;
	pure_put(show->text, "{command=");
	kit_put_one(show, &kit_flags_atacommand, asked[0]);
	kit_put_unsigned(show, "sector_number", asked[1]);
	kit_put_unsigned(show, "feature", asked[2]);
	kit_put_unsigned(show, "sector_count", asked[3]);
	pure_put_char(show->text, '}');
	if (data->failed)
		return true;
	pure_put(show->text, " => {status=");
	pure_put_hex(show->text, got[0]);
	kit_put_unsigned(show, "error", got[1]);
	kit_put_unsigned(show, "nsector", got[2]);
	if (asked[3]) {
		kit_put_name(show, "buf");
		kit_put_hex_memory(show, data->address + sizeof(got),
				   asked[3] * 512UL);
	}
	pure_put_char(show->text, '}');
	return true;
}

bool kit_kind_identity(struct pure_show *show, const struct kit_field *field,
		       const struct kit_data *data)
{
	/* As many bytes as linux/hdreg.h says. */
	kit_put_memory(show, data->address,
		       field->at == HDIO_OBSOLETE_IDENTITY ? 142 : 512);
	return true;
}

/* What is reset, and whether more may be. */
bool kit_kind_sgreset(struct pure_show *show, const struct kit_field *field,
		      const struct kit_data *data)
{
	const unsigned int value = kit_number(data->bytes, data->size);
	const unsigned int what = value & ~SG_SCSI_RESET_NO_ESCALATE;
	const char *name = kit_flag_name(&kit_flags_sgreset, what);

	(void)field;
	if (!name || what == value) {
		kit_put_one(show, &kit_flags_sgreset, value);
	} else if (kit_begin_name(show, value)) {
		pure_put(show->text, "SG_SCSI_RESET_NO_ESCALATE|");
		pure_put(show->text, name);
		kit_end_name(show);
	}
	return true;
}

/* What a clock's parameter is: a number with a sign, or another. */
bool kit_kind_rtcsigned(struct pure_show *show, const struct kit_field *field,
			const struct kit_data *data)
{
	const struct rtc_param *param = kit_start_of(field, data);

	return param->param == RTC_PARAM_CORRECTION &&
	       kit_kind_d(show, field, data);
}

bool kit_kind_rtcunsigned(struct pure_show *show, const struct kit_field *field,
			  const struct kit_data *data)
{
	const struct rtc_param *param = kit_start_of(field, data);

	switch (param->param) {
	case RTC_PARAM_CORRECTION:
		return false;
	case RTC_PARAM_FEATURES:
		kit_put_flags(show, &kit_flags_rtcfeature, param->uvalue);
		break;
	case RTC_PARAM_BACKUP_SWITCH_MODE:
		kit_put_one(show, &kit_flags_rtcswitch, param->uvalue);
		break;
	default:
		pure_put_hex(show->text, param->uvalue);
	}
	return true;
}

/* Which one was asked for, and what it is. */
bool kit_kind_rtcparam(struct pure_show *show, const struct kit_field *field,
		       const struct kit_data *data)
{
	struct rtc_param param;
	const struct kit_data all = { .bytes = (void *)&param,
				      .size = sizeof(param) };

	(void)field;
	if (!kit_fetch(show, &param, data->address, sizeof(param)))
		return true;
	kit_put_members(show, &kit_fields_rtc_param_asked, &all);
	pure_put(show->text, " => ");
	if (data->failed)
		kit_put_address(show, data->address);
	else
		kit_put_members(show, &kit_fields_rtc_param_got, &all);
	return true;
}

/* A value of each of a GPIO chip's lines that are asked for. */
bool kit_kind_gpiolines(struct pure_show *show, const struct kit_field *field,
			const struct kit_data *data)
{
	const struct gpiohandle_request *old = kit_start_of(field, data);
	const struct gpio_v2_line_request *new = kit_start_of(field, data);
	const bool second =
		(unsigned int)show->arguments[1] == GPIO_V2_GET_LINE_IOCTL;
	const unsigned long count = second ? new->num_lines : old->lines;
	struct kit_data lines = *data;

	if (count < data->size / field->width)
		lines.size = count * field->width;
	if (!count)
		pure_put(show->text, "[]");
	else
		kit_kind_us(show, field, &lines);
	return true;
}

static void put_line_attribute(struct pure_show *show,
			       const struct gpio_v2_line_attribute *attribute)
{
	if (attribute->padding || attribute->id < GPIO_V2_LINE_ATTR_ID_FLAGS ||
	    attribute->id > GPIO_V2_LINE_ATTR_ID_DEBOUNCE) {
		kit_put_unsigned(show, "id", attribute->id);
		if (attribute->padding) {
			kit_put_name(show, "padding");
			pure_put_hex(show->text, attribute->padding);
		}
		kit_put_name(show, "data");
		pure_put_hex(show->text, attribute->values);
	} else if (attribute->id == GPIO_V2_LINE_ATTR_ID_FLAGS) {
		kit_put_name(show, "flags");
		kit_put_flags(show, &kit_flags_gpioline2, attribute->flags);
	} else if (attribute->id == GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES) {
		kit_put_name(show, "values");
		pure_put_hex(show->text, attribute->values);
	} else {
		kit_put_unsigned(show, "debounce_period_us",
				 attribute->debounce_period_us);
	}
}

static void put_attribute(struct pure_show *show, const void *element)
{
	pure_put_char(show->text, '{');
	put_line_attribute(show, element);
	pure_put_char(show->text, '}');
}

/* The attribute of a configuration is a member if it has a padding. */
static void put_config_attribute(struct pure_show *show, const void *element)
{
	const struct gpio_v2_line_config_attribute *config = element;
	const bool inner = config->attr.padding != 0;

	pure_put(show->text, inner ? "{attr={" : "{");
	put_line_attribute(show, &config->attr);
	pure_put(show->text, inner ? "}" : "");
	kit_put_name(show, "mask");
	pure_put_hex(show->text, config->mask);
	pure_put_char(show->text, '}');
}

static bool put_attributes(struct pure_show *show, const struct kit_data *data,
			   unsigned long count, size_t size,
			   kit_element *element)
{
	if (count > GPIO_V2_LINE_NUM_ATTRS_MAX)
		count = GPIO_V2_LINE_NUM_ATTRS_MAX;
	if (count)
		kit_put_array(show, data->address, count, size, element);
	return count != 0;
}

bool kit_kind_gpioattributes(struct pure_show *show,
			     const struct kit_field *field,
			     const struct kit_data *data)
{
	const struct gpio_v2_line_info *info = kit_start_of(field, data);

	return put_attributes(show, data, info->num_attrs, sizeof(*info->attrs),
			      put_attribute);
}

bool kit_kind_gpioconfigs(struct pure_show *show, const struct kit_field *field,
			  const struct kit_data *data)
{
	const struct gpio_v2_line_config *config = kit_start_of(field, data);

	return put_attributes(show, data, config->num_attrs,
			      sizeof(*config->attrs), put_config_attribute);
}

/* A time of a PTP clock, with the date that it is. */
static void put_time(struct pure_show *show, const void *element)
{
	const struct ptp_clock_time *time = element;
	const struct kit_data data = { .bytes = element,
				       .size = sizeof(*time) };

	kit_put_members(show, &kit_fields_ptp_clock_time, &data);
	if (show->options->constants != 1)
		kit_put_date_comment(show, time->sec, time->nsec);
}

bool kit_kind_ptptime(struct pure_show *show, const struct kit_field *field,
		      const struct kit_data *data)
{
	(void)field;
	put_time(show, data->bytes);
	return true;
}

bool kit_kind_ptpstart(struct pure_show *show, const struct kit_field *field,
		       const struct kit_data *data)
{
	const struct ptp_perout_request *request = kit_start_of(field, data);

	if (request->flags & PTP_PEROUT_PHASE)
		return false;
	put_time(show, data->bytes);
	return true;
}

static bool put_time_only(struct pure_show *show, const struct kit_data *data)
{
	kit_put_members(show, &kit_fields_ptp_clock_time, data);
	return true;
}

bool kit_kind_ptpphase(struct pure_show *show, const struct kit_field *field,
		       const struct kit_data *data)
{
	const struct ptp_perout_request *request = kit_start_of(field, data);

	return (request->flags & PTP_PEROUT_PHASE) && put_time_only(show, data);
}

bool kit_kind_ptpon(struct pure_show *show, const struct kit_field *field,
		    const struct kit_data *data)
{
	const struct ptp_perout_request *request = kit_start_of(field, data);

	return (request->flags & PTP_PEROUT_DUTY_CYCLE) &&
	       put_time_only(show, data);
}

bool kit_kind_ptpreserved(struct pure_show *show, const struct kit_field *field,
			  const struct kit_data *data)
{
	const struct ptp_perout_request *request = kit_start_of(field, data);

	return !(request->flags & PTP_PEROUT_DUTY_CYCLE) &&
	       kit_kind_padxs(show, field, data);
}

/* No more are there, whatever was asked for. */
static unsigned long samples_of(unsigned int asked)
{
	return asked < PTP_MAX_SAMPLES ? asked : PTP_MAX_SAMPLES;
}

/* The clock's time comes between two of the system's: one more than twice. */
bool kit_kind_ptpsamples(struct pure_show *show, const struct kit_field *field,
			 const struct kit_data *data)
{
	const struct ptp_sys_offset *offset = kit_start_of(field, data);
	const unsigned long samples = samples_of(offset->n_samples);

	kit_put_array(show, data->address, 2 * samples + 1,
		      sizeof(struct ptp_clock_time), put_time);
	return true;
}

static void put_triple(struct pure_show *show, const void *element)
{
	const struct ptp_clock_time *times = element;
	int i;

	for (i = 0; i < 3; i++) {
		pure_put(show->text, i ? ", " : "[");
		put_time(show, &times[i]);
	}
	pure_put_char(show->text, ']');
}

bool kit_kind_ptptriples(struct pure_show *show, const struct kit_field *field,
			 const struct kit_data *data)
{
	const struct ptp_sys_offset_extended *offset =
		kit_start_of(field, data);
	const unsigned long samples = samples_of(offset->n_samples);

	kit_put_array(show, data->address, samples, sizeof(offset->ts[0]),
		      put_triple);
	return true;
}
