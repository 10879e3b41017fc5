/*
 * kit: strings and memory.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <limits.h>
#include <linux/limits.h>
#include <string.h>
#include <sys/uio.h>
#include <sys/utsname.h>

#include "show.h"

/* Memory is read in parts of so many bytes. */
#define PART 512

/* How many arguments of a program are shown: as many as of a string. */
#define MANY(show) ((show)->options->string_size)

static bool is_text(unsigned char c)
{
	return (c >= ' ' && c <= '~') || (c >= '\t' && c <= '\r');
}

static void put_hex_byte(struct pure_text *text, unsigned char c)
{
	pure_put_bytes(text, "\\x", 2);
	pure_put_digits(text, c, 16, 2);
}

/* As few octal digits as can be told from NEXT. */
static void put_octal_byte(struct pure_text *text, unsigned char c, char next)
{
	pure_put_char(text, '\\');
	pure_put_digits(text, c, 8, next >= '0' && next <= '7' ? 3 : 1);
}

static void put_escaped(struct pure_text *text, unsigned char c, char next)
{
	static const char letters[] = {
		['\t'] = 't', ['\n'] = 'n', ['\v'] = 'v', ['\f'] = 'f',
		['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\'
	};

	if (c < sizeof(letters) && letters[c]) {
		pure_put_char(text, '\\');
		pure_put_char(text, letters[c]);
	} else if (c >= ' ' && c <= '~') {
		pure_put_char(text, (char)c);
	} else {
		put_octal_byte(text, c, next);
	}
}

/* How many of the SIZE bytes are shown as they are, before the first that
 * isn't. */
static size_t plain_bytes(const char *bytes, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++)
		if (bytes[i] < ' ' || bytes[i] > '~' || bytes[i] == '"' ||
		    bytes[i] == '\\')
			break;
	return i;
}

void pure_put_escaped(struct pure_text *text, const char *bytes, size_t size)
{
	size_t i = plain_bytes(bytes, size);

	pure_put_bytes(text, bytes, i);
	for (; i < size; i++)
		put_escaped(text, (unsigned char)bytes[i],
			    i + 1 < size ? bytes[i + 1] : '\0');
}

static bool wants_hex(const struct pure_show *show, const char *bytes,
		      size_t size)
{
	size_t i;

	if (show->options->hex_strings != 1)
		return show->options->hex_strings == 2;
	for (i = 0; i < size; i++)
		if (!is_text((unsigned char)bytes[i]))
			return true;
	return false;
}

static void put_as_hex(struct pure_show *show, const char *bytes, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++)
		put_hex_byte(show->text, (unsigned char)bytes[i]);
}

static void put_as_text(struct pure_show *show, const char *bytes, size_t size)
{
	size_t i;

	if (show->options->hex_strings != 3) {
		pure_put_escaped(show->text, bytes, size);
		return;
	}
	for (i = 0; i < size; i++)
		if (is_text((unsigned char)bytes[i]))
			put_escaped(show->text, (unsigned char)bytes[i], '\0');
		else
			put_hex_byte(show->text, (unsigned char)bytes[i]);
}

/* In quotes; MORE: and there is more. */
static void put_quoted(struct pure_show *show, const char *bytes, size_t size,
		       bool hex, bool more)
{
	pure_put_char(show->text, '"');
	if (hex)
		put_as_hex(show, bytes, size);
	else
		put_as_text(show, bytes, size);
	pure_put(show->text, more ? "\"..." : "\"");
}

void kit_put_bytes(struct pure_show *show, const char *bytes, size_t size,
		   bool more)
{
	put_quoted(show, bytes, size, wants_hex(show, bytes, size), more);
}

void kit_put_hex_bytes(struct pure_show *show, const void *bytes, size_t size)
{
	put_quoted(show, bytes, size, true, false);
}

/* MOST bytes of the SIZE bytes at ADDRESS: in one piece if they are few. */
static void put_memory(struct pure_show *show, unsigned long address,
		       unsigned long size, unsigned long most, bool hex)
{
	const unsigned long shown = size < most ? size : most;
	char part[PART];
	unsigned long done, now;

	if (shown <= PART) {
		if (shown && pure_read(part, address, shown) != shown) {
			kit_put_address(show, address);
			return;
		}
		put_quoted(show, part, shown,
			   hex || wants_hex(show, part, shown), size > most);
		return;
	}
	pure_put_char(show->text, '"');
	for (done = 0; done < shown; done += now) {
		now = shown - done < PART ? shown - done : PART;
		now = pure_read(part, address + done, now);
		if (!now)
			break;
		if (hex || show->options->hex_strings == 2)
			put_as_hex(show, part, now);
		else
			put_as_text(show, part, now);
	}
	pure_put(show->text, size > most ? "\"..." : "\"");
}

void kit_put_memory(struct pure_show *show, unsigned long address,
		    unsigned long size)
{
	char last;

	/* What has no end is looked at one byte further. */
	if (!address ||
	    (size == -1UL &&
	     pure_read(&last, address + show->options->string_size, 1) != 1))
		kit_put_address(show, address);
	else
		put_memory(show, address, size, show->options->string_size,
			   false);
}

void kit_put_hex_memory(struct pure_show *show, unsigned long address,
			unsigned long size)
{
	put_memory(show, address, size, show->options->string_size, true);
}

/* A string, of which at most MOST bytes are shown. */
static void put_string(struct pure_show *show, unsigned long address,
		       size_t most)
{
	char string[PATH_MAX];
	long length;

	if (most >= sizeof(string))
		most = sizeof(string) - 1;
	length = address ? pure_read_string(string, most + 1, address) : -1;
	if (length < 0) {
		kit_put_address(show, address);
		return;
	}
	if (length > (long)most)
		kit_put_bytes(show, string, most, true);
	else
		kit_put_bytes(show, string, length, false);
}

void kit_put_string(struct pure_show *show, unsigned long address)
{
	put_string(show, address, show->options->string_size);
}

void kit_put_path(struct pure_show *show, unsigned long address, size_t most)
{
	put_string(show, address, most);
}

void kit_put_limited(struct pure_show *show, unsigned long address, size_t most)
{
	char string[PATH_MAX];
	long length;

	if (most > show->options->string_size)
		most = show->options->string_size;
	if (most > sizeof(string))
		most = sizeof(string);
	length = address ? pure_read_string(string, most, address) : -1;
	if (length < 0)
		kit_put_address(show, address);
	else
		kit_put_bytes(show, string, length, length == (long)most);
}

void kit_show_path(struct pure_show *show, int i)
{
	char path[PATH_MAX];
	const unsigned long address = show->arguments[i];
	const long length =
		address ? pure_read_string(path, sizeof(path), address) : -1;
	const long shown = length < PATH_MAX ? length : PATH_MAX - 1;

	if (length < 0) {
		kit_put_address(show, address);
		return;
	}
	if (shown < length ||
	    (length && path[length - 1] >= '0' && path[length - 1] <= '9'))
		show->digit = true;
	kit_put_bytes(show, path, shown, shown < length);
}

void kit_show_string(struct pure_show *show, int i)
{
	kit_put_string(show, show->arguments[i]);
}

void kit_show_mountsource(struct pure_show *show, int i)
{
	kit_show_path(show, i);
}

/* A name without what the kernel puts in front. */
void kit_show_memfdname(struct pure_show *show, int i)
{
	/* With its NUL: one that is too long can be told. */
	const size_t most = NAME_MAX - (sizeof("memfd:") - 1) + 1;

	kit_put_limited(show, show->arguments[i], most);
}

void kit_put_tail(struct pure_show *show, unsigned long address,
		  unsigned long from, unsigned long size)
{
	char bytes[PATH_MAX];
	size_t i = 0;

	if (size > sizeof(bytes))
		size = sizeof(bytes);
	if (size <= from)
		return;
	if (pure_read(bytes, address + from, size - from) != size - from) {
		pure_put(show->text, ", ???");
		return;
	}
	while (i < size - from && !bytes[i])
		i++;
	if (i == size - from)
		return;
	pure_put(show->text, ", /* bytes ");
	pure_put_unsigned(show->text, from);
	pure_put(show->text, "..");
	pure_put_unsigned(show->text, size - 1);
	pure_put(show->text, " */ ");
	put_quoted(show, bytes, size - from, true, false);
}

/* How much the call has left there, or is to take. */
static unsigned long bytes(const struct pure_show *show, int i)
{
	const unsigned long size = kit_size(show, i);

	if (show->call->arguments[i].kind != PURE_KIND_OUT || !show->left)
		return size;
	/* More may have been there, if MSG_TRUNC asks for that. */
	if (show->number == SYS_recvfrom && (unsigned long)show->result > size)
		return size;
	return (unsigned long)show->result;
}

void kit_put_bytes_at(struct pure_show *show, unsigned long address, int i)
{
	const unsigned long size = bytes(show, i);
	int protocol = -1;

	if (show->number == SYS_sendto || show->number == SYS_recvfrom)
		protocol = kit_netlink_protocol((int)show->arguments[0]);
	if (protocol >= 0 && !pure_set_has(&show->options->plain, show->number))
		kit_put_netlink(show, protocol, address, size);
	else if (show->number == SYS_getrandom)
		kit_put_hex_memory(show, address, size);
	else
		kit_put_memory(show, address, size);
}

/* As many bytes as the call says, with the NUL. */
void kit_put_cwd_at(struct pure_show *show, unsigned long address, int i)
{
	(void)i;
	put_string(show, address,
		   show->result > 0 ? (size_t)show->result - 1 : PATH_MAX - 1);
}

/* The strings of an array that ends with NULL, "..." if they are many. */
static void put_strings(struct pure_show *show, unsigned long address)
{
	unsigned long one, count = 0;

	pure_put_char(show->text, '[');
	for (;; address += sizeof(one)) {
		if (pure_read(&one, address, sizeof(one)) != sizeof(one)) {
			pure_put(show->text, count ? ", ... /* " : "/* ");
			pure_put_hex(show->text, address);
			pure_put(show->text, " */");
			break;
		}
		if (!one)
			break;
		pure_put(show->text, count ? ", " : "");
		if (count++ >= MANY(show) && !show->whole) {
			pure_put(show->text, "...");
			break;
		}
		kit_put_string(show, one);
	}
	pure_put_char(show->text, ']');
}

void kit_put_argv_at(struct pure_show *show, unsigned long address, int i)
{
	unsigned long one;

	(void)i;
	if (kit_fetch(show, &one, address, sizeof(one)))
		put_strings(show, address);
}

/* "0x7ffe ... " and how many variables there are, or all of them. */
void kit_put_envp_at(struct pure_show *show, unsigned long address, int i)
{
	unsigned long one, at = address, count = 0;

	if (show->whole) {
		kit_put_argv_at(show, address, i);
		return;
	}
	if (!kit_fetch(show, &one, address, sizeof(one)))
		return;
	kit_put_address(show, address);
	while (pure_read(&one, at, sizeof(one)) == sizeof(one) && one) {
		at += sizeof(one);
		count++;
	}
	pure_put(show->text, " /* ");
	pure_put_unsigned(show->text, count);
	pure_put(show->text, count == 1 ? " var" : " vars");
	if (pure_read(&one, at, sizeof(one)) != sizeof(one))
		pure_put(show->text, ", unterminated");
	pure_put(show->text, " */");
}

void kit_put_elements(struct pure_show *show, unsigned long address,
		      unsigned long count, size_t size,
		      kit_element_with *element, void *with)
{
	char one[256];
	unsigned long i;

	if (!address ||
	    (count && pure_set_has(&show->options->plain, show->number))) {
		kit_put_address(show, address);
		return;
	}
	if (count && pure_read(one, address, size) != size) {
		kit_put_address(show, address);
		return;
	}
	pure_put_char(show->text, '[');
	for (i = 0; i < count; i++) {
		pure_put(show->text, i ? ", " : "");
		if (pure_read(one, address + i * size, size) != size) {
			pure_put(show->text, "... /* ");
			pure_put_hex(show->text, address + i * size);
			pure_put(show->text, " */");
			break;
		}
		if (i >= show->options->string_size && !show->whole) {
			pure_put(show->text, "...");
			break;
		}
		element(show, one, with);
	}
	pure_put_char(show->text, ']');
}

static void put_element(struct pure_show *show, const void *element, void *with)
{
	(*(kit_element **)with)(show, element);
}

void kit_put_array(struct pure_show *show, unsigned long address,
		   unsigned long count, size_t size, kit_element *element)
{
	kit_put_elements(show, address, count, size, put_element, &element);
}

void kit_put_first(struct pure_show *show, unsigned long address,
		   unsigned long count, unsigned long there, size_t size,
		   kit_element *element)
{
	const unsigned int start = show->text->end;
	struct pure_text *text = show->text;
	char before;

	kit_put_array(show, address, count, size, element);
	if (there <= count || text->end < start + 2 ||
	    text->data[text->end - 1] != ']')
		return;
	/* Not all of them may be shown, or be there. */
	before = text->data[text->end - 2];
	if (before == '.' || before == '/')
		return;
	text->end--;
	pure_put(text, count ? ", ...]" : "...]");
}

/* How vectors are shown: what is known of what they lead to. */
struct vectors {
	/* How much of it there is. */
	unsigned long bytes;
	/* Nothing but where it is. */
	bool addresses;
	/* Messages of netlink's, of this protocol. */
	bool netlink;
	int protocol;
};

static void put_vector(struct pure_show *show, const void *element, void *with)
{
	const struct iovec *vector = element;
	const unsigned long base = (unsigned long)vector->iov_base;
	struct vectors *vectors = with;
	unsigned long size = vector->iov_len;

	if (size > vectors->bytes)
		size = vectors->bytes;
	pure_put(show->text, "{iov_base=");
	if (vectors->addresses || !base)
		kit_put_address(show, base);
	else if (vectors->netlink)
		kit_put_netlink(show, vectors->protocol, base, size);
	else
		kit_put_memory(show, base, size);
	if (vectors->bytes != -1UL)
		vectors->bytes -= size;
	kit_put_unsigned(show, "iov_len", vector->iov_len);
	pure_put_char(show->text, '}');
}

static void put_vectors(struct pure_show *show, unsigned long address,
			unsigned long count, struct vectors vectors)
{
	kit_put_elements(show, address, count, sizeof(struct iovec), put_vector,
			 &vectors);
}

void kit_put_iovec_at(struct pure_show *show, unsigned long address, int i)
{
	const bool out = show->call->arguments[i].kind == PURE_KIND_OUT;
	const struct vectors vectors = {
		.bytes = show->left && out ? (unsigned long)show->result : -1UL,
		.addresses = kit_failed(show),
	};

	put_vectors(show, address, kit_size(show, i), vectors);
}

void kit_put_vectors(struct pure_show *show, unsigned long address,
		     unsigned long count, unsigned long bytes)
{
	put_vectors(show, address, count, (struct vectors){ .bytes = bytes });
}

void kit_put_vector_addresses(struct pure_show *show, unsigned long address,
			      unsigned long count, bool addresses)
{
	put_vectors(show, address, count,
		    (struct vectors){ .bytes = -1UL, .addresses = addresses });
}

void kit_put_netlink_vectors(struct pure_show *show, unsigned long address,
			     unsigned long count, unsigned long bytes)
{
	const struct vectors vectors = {
		.bytes = bytes,
		.netlink = true,
		.protocol = kit_netlink_protocol((int)show->arguments[0]),
	};

	put_vectors(show, address, count, vectors);
}

void kit_put_iovecptr_at(struct pure_show *show, unsigned long address, int i)
{
	kit_put_vector_addresses(show, address, kit_size(show, i), true);
}

/* An attribute's value; the NUL at its end isn't shown. */
void kit_put_xattr_at(struct pure_show *show, unsigned long address, int i)
{
	unsigned long size = bytes(show, i);
	char last;

	if (size > XATTR_SIZE_MAX) {
		kit_put_address(show, address);
		return;
	}
	if (size && size <= show->options->string_size &&
	    pure_read(&last, address + size - 1, 1) == 1 && !last)
		size--;
	kit_put_memory(show, address, size);
}

/* A machine's name is no longer than the kernel's is. */
void kit_put_hostname_at(struct pure_show *show, unsigned long address, int i)
{
	const unsigned long size = kit_size(show, i);

	if (size > sizeof(((struct utsname *)0)->nodename) - 1)
		kit_put_address(show, address);
	else
		kit_put_memory(show, address, size);
}

/* Names of attributes; of no size, only theirs is asked for. */
void kit_put_xattrs_at(struct pure_show *show, unsigned long address, int i)
{
	if (kit_size(show, i))
		kit_put_memory(show, address, bytes(show, i));
	else
		kit_put_address(show, address);
}
