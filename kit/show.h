/*
 * kit: what shows calls. A type of the table's has a function here, which
 * KIT_SHOW in show-types.c finds by its name.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#ifndef KIT_SHOW_H
#define KIT_SHOW_H 1

#include "kit.h"

#pragma GCC visibility push(hidden)

/* Show argument I. */
typedef void kit_shower(struct pure_show *show, int i);

/* Show what is at ADDRESS, which isn't NULL, of argument I. */
typedef void kit_putter(struct pure_show *show, unsigned long address, int i);

/* A set of flags: its names, up to one that is NULL, and what others are. */
struct kit_flag {
	unsigned long value;
	const char *name;
};
struct kit_flags {
	const char *other;
	const struct kit_flag *list;
};

#define KIT_FLAGS(set) extern const struct kit_flags kit_flags_##set

/*
 * A value of a struct's or of an attribute's: SIZE bytes at ADDRESS, of which
 * BYTES has KNOWN ones. MESSAGE is what it is in.
 */
struct kit_message;
struct kit_data {
	unsigned long address;
	unsigned int size, known;
	const unsigned char *bytes;
	struct kit_message *message;
	/* The call has failed: what it would have set isn't there. */
	bool failed;
};
struct kit_field;

/* A message of netlink's: its family, and of which kinds a link in it is, and
   its slave. */
struct kit_message {
	unsigned char family;
	/* How many attributes are in one another. */
	unsigned char depth;
	char kind[2][16];
};

/* Show DATA. Returns false if it isn't of FIELD's kind; then a member isn't
   there. */
typedef bool kit_kind(struct pure_show *show, const struct kit_field *field,
		      const struct kit_data *data);

/* No struct is larger. */
#define KIT_STRUCT_SIZE 1280

/* Members of a struct, or attributes. The last has no name. */
struct kit_field {
	const char *name;
	/* NULL: bytes, in hexadecimal. */
	kit_kind *kind;
	/* A set, for kinds that have names; a struct or attributes. */
	const void *with;
	/* Of a member: where it is, and its size. Of an attribute or a command:
	   its number, and none. */
	unsigned int at;
	unsigned short size;
	/* Of how many bytes a number is, or 0: of as many as there are. */
	unsigned char width;
	/* '?': there are structs that end before it, '+': it isn't always
	   shown; of commands: '<', '>', '*', '-', see ioctl.table. */
	char mark;
};
struct kit_fields {
	const struct kit_field *list;
	/* Of attributes: what else has names for them, and what others are. */
	const struct kit_flags *names;
	const char *other;
	/* Of a struct. */
	unsigned int size;
};

#define KIT_FIELDS(name) extern const struct kit_fields kit_fields_##name

/* How an argument is shown. */
struct kit_type {
	/* PURE_KIND_IN, PURE_KIND_OUT, PURE_KIND_FLAGS, PURE_KIND_ONE; or 0. */
	unsigned char kind;
	kit_shower *shower;
	kit_putter *putter;
	const struct kit_flags *flags;
	/* Is all of the argument a value of FLAGS? Else it is an int. */
	bool wide;
};

extern const struct kit_type kit_types[];

/* VALUE as flags of SET, "A|B|0x8"; as one, "A", or "0x8" and what others are.
 */
void kit_put_flags(struct pure_show *show, const struct kit_flags *set,
		   unsigned long value);
void kit_put_one(struct pure_show *show, const struct kit_flags *set,
		 unsigned long value);

/*
 * Show VALUE as -X says, in hexadecimal: true: its name follows, which
 * kit_end_name ends.
 */
bool kit_begin_name(struct pure_show *show, unsigned long value);
void kit_end_name(struct pure_show *show);

/* The names of what there is in VALUE, which isn't 0 or has a name then:
 * "A|0x8". */
void kit_put_names(struct pure_show *show, const struct kit_flags *set,
		   unsigned long value);

/* VALUE and its name, as the kernel has it: no header has it. */
void kit_put_both(struct pure_show *show, const struct kit_flags *set,
		  int value);

/* The same in hexadecimal, whatever -X says: the number counts. A comment only
   if there is something to say. */
void kit_put_verbose(struct pure_show *show, const struct kit_flags *set,
		     unsigned long value);

/* NAME, an int of the value VALUE. */
void kit_put_named_int(struct pure_show *show, int value, const char *name);

/* What a value could be that has no name, in a comment, if there is something.
 */
void kit_put_comment(struct pure_show *show, const char *other);

/* As kit_put_one, of what is a number in decimal if it has no name. */
void kit_put_one_unsigned(struct pure_show *show, const struct kit_flags *set,
			  unsigned int value);
void kit_put_one_signed(struct pure_show *show, const struct kit_flags *set,
			int value);

/* The same, where the value is SIZE bytes: "\x7f". */
bool kit_begin_bytes(struct pure_show *show, const void *bytes, size_t size);

/* Has SET a name for one of the flags in VALUE, or for none? */
bool kit_knows_flags(const struct kit_flags *set, unsigned long value);

/* The name of VALUE in SET, or NULL. */
const char *kit_flag_name(const struct kit_flags *set, unsigned long value);

/* NULL, or hexadecimal. */
void kit_put_address(struct pure_show *show, unsigned long address);

/*
 * Read SIZE bytes at ADDRESS. If that can't be, or isn't wanted, show the
 * address instead and return false.
 */
bool kit_fetch(struct pure_show *show, void *to, unsigned long address,
	       size_t size);

/* Did the call fail? */
static inline bool kit_failed(const struct pure_show *show)
{
	return show->left && show->result < 0 && show->result >= -4095;
}

/* ", NAME=", or without the comma after a brace. */
void kit_put_name(struct pure_show *show, const char *name);

/* The same, and a number: ", NAME=VALUE". */
static inline void kit_put_signed(struct pure_show *show, const char *name,
				  long value)
{
	kit_put_name(show, name);
	pure_put_signed(show->text, value);
}

static inline void kit_put_unsigned(struct pure_show *show, const char *name,
				    unsigned long value)
{
	kit_put_name(show, name);
	pure_put_unsigned(show->text, value);
}

/* Bytes FROM to SIZE at ADDRESS, of which nothing is known, if one isn't 0. */
void kit_put_tail(struct pure_show *show, unsigned long address,
		  unsigned long from, unsigned long size);

void kit_put_signal(struct pure_show *show, int number);

/* An error of a number that isn't negative: "ENOENT". */
void kit_put_error(struct pure_show *show, int error);

struct sockaddr_in;
struct sockaddr_in6;

/* An address of a socket, of memory of our own. */
void kit_put_sockaddr(struct pure_show *show, const void *address, size_t size);

/* The same, of a rare family, without what comes before and after: false if it
   isn't known. */
bool kit_put_rare_sockaddr(struct pure_show *show, const void *address,
			   size_t size);

/* Members of structs: those of addresses after the family; addresses, by their
   names, if they have some. An interface, by its number; a port; a device's
   address. */
void kit_put_internet(struct pure_show *show,
		      const struct sockaddr_in *address);
void kit_put_internet6(struct pure_show *show,
		       const struct sockaddr_in6 *address, size_t size);
void kit_put_inet(struct pure_show *show, const char *name,
		  const void *address);
void kit_put_inet6(struct pure_show *show, const char *name,
		   const void *address);
void kit_put_interface(struct pure_show *show, unsigned int index);
void kit_put_port(struct pure_show *show, unsigned short port);
void kit_put_hardware(struct pure_show *show, const unsigned char *bytes,
		      size_t size, size_t used);

/* SIZE bytes of control messages. */
void kit_put_controls(struct pure_show *show, unsigned long address,
		      unsigned long size);

void kit_put_fd(struct pure_show *show, int fd);

/* A call's number as "__NR_read". */
void kit_put_call_name(struct pure_show *show, int number);

void kit_put_dirfd(struct pure_show *show, int fd);
void kit_put_path(struct pure_show *show, unsigned long address, size_t most);

/* A string of which no more than MOST bytes are looked at. */
void kit_put_limited(struct pure_show *show, unsigned long address,
		     size_t most);

/* A string with its NUL; SIZE bytes. */
void kit_put_string(struct pure_show *show, unsigned long address);
void kit_put_memory(struct pure_show *show, unsigned long address,
		    unsigned long size);
/* The same, of memory of our own. */
void kit_put_bytes(struct pure_show *show, const char *bytes, size_t size,
		   bool more);
/* The same in hexadecimal, whatever they are. */
void kit_put_hex_memory(struct pure_show *show, unsigned long address,
			unsigned long size);

void kit_put_hex_bytes(struct pure_show *show, const void *bytes, size_t size);

/* An array of COUNT elements of SIZE at ADDRESS, each shown by ELEMENT. */
typedef void kit_element(struct pure_show *show, const void *element);
void kit_put_array(struct pure_show *show, unsigned long address,
		   unsigned long count, size_t size, kit_element *element);

/* The same, of THERE elements, of which no more than the first COUNT are
   shown. */
void kit_put_first(struct pure_show *show, unsigned long address,
		   unsigned long count, unsigned long there, size_t size,
		   kit_element *element);

/* The same, where an element is shown WITH something. */
typedef void kit_element_with(struct pure_show *show, const void *element,
			      void *with);
void kit_put_elements(struct pure_show *show, unsigned long address,
		      unsigned long count, size_t size,
		      kit_element_with *element, void *with);

/* The members of a struct that are in the bytes up to END; all that are in
   DATA, in braces. */
void kit_put_fields(struct pure_show *show, const struct kit_field *field,
		    unsigned int end, const struct kit_data *data);
void kit_put_members(struct pure_show *show, const struct kit_fields *fields,
		     const struct kit_data *data);

/* Kinds that others look at. */
kit_kind kit_kind_array, kit_kind_ifindex, kit_kind_struct, kit_kind_chars,
	kit_kind_cstr, kit_kind_us, kit_kind_x, kit_kind_u, kit_kind_d,
	kit_kind_both, kit_kind_xs, kit_kind_ds, kit_kind_padxs,
	kit_kind_triple;

/* ", NAME=[VALUES]", SIZE bytes of numbers of WIDTH, if one isn't 0 as all
   should be. */
void kit_put_padding(struct pure_show *show, const char *name,
		     const void *values, unsigned int size, unsigned int width);

/* The struct at ADDRESS; of one that the call sets, what it has set. */
void kit_put_struct(struct pure_show *show, const struct kit_fields *fields,
		    unsigned long address);

/* The field that has NUMBER, or NULL. */
const struct kit_field *kit_find_field(const struct kit_fields *fields,
				       unsigned int number);

/* VALUE, which is an argument of COMMAND's, as that says; an address if it is
   NULL. */
void kit_put_command_argument(struct pure_show *show,
			      const struct kit_field *command,
			      unsigned long value);

/* That of input's commands as which the table has COMMAND; or COMMAND. */
unsigned int kit_input_command(unsigned int command);

/* The start of the struct that DATA is a member of. */
static inline const void *kit_start_of(const struct kit_field *field,
				       const struct kit_data *data)
{
	return data->bytes - field->at;
}

/* The number that is in SIZE bytes. */
unsigned long kit_number(const void *bytes, unsigned int size);

/* "-ENOENT". */
void kit_put_negative(struct pure_show *show, int error);

/* "htons(1)". */
void kit_put_function(struct pure_show *show, const char *function,
		      unsigned long value);

/* Are SIZE bytes of DATA known? If not, its address is shown instead. */
bool kit_known(struct pure_show *show, const struct kit_data *data,
	       unsigned int size);

/* SIZE bytes of attributes; those that follow after SIZE bytes of DATA, which
   have been shown. */
void kit_put_attributes(struct pure_show *show, const struct kit_fields *fields,
			unsigned long address, unsigned int size,
			struct kit_message *message);
void kit_put_rest(struct pure_show *show, const struct kit_fields *fields,
		  const struct kit_data *data, unsigned int size);

/* Which of netlink's protocols FD has; -1: none. */
int kit_netlink_protocol(int fd);

/* SIZE bytes of netlink's messages. */
void kit_put_netlink(struct pure_show *show, int protocol,
		     unsigned long address, unsigned long size);

/* COUNT struct iovec, with BYTES bytes in all of what they lead to. */
void kit_put_vectors(struct pure_show *show, unsigned long address,
		     unsigned long count, unsigned long bytes);
void kit_put_vector_addresses(struct pure_show *show, unsigned long address,
			      unsigned long count, bool addresses);
void kit_put_netlink_vectors(struct pure_show *show, unsigned long address,
			     unsigned long count, unsigned long bytes);

/* SIZE bytes of a set of processors. */
void kit_put_cpuset(struct pure_show *show, unsigned long address,
		    unsigned long size);

/* The value of the argument that has argument I's size. */
unsigned long kit_size(const struct pure_show *show, int i);

/* Users and groups: -1 is shown as such. */
void kit_put_id(struct pure_show *show, unsigned int id);

void kit_put_ioprio(struct pure_show *show, int value);
void kit_put_dev(struct pure_show *show, unsigned long dev);
void kit_put_file_mode(struct pure_show *show, unsigned int mode);
void kit_put_mode(struct pure_show *show, unsigned long mode);
void kit_put_open_flags(struct pure_show *show, unsigned long flags);

/* A set of signals, SIZE bytes of it. */
void kit_put_sigset(struct pure_show *show, const unsigned long *set);

/* "{tv_sec=1, tv_nsec=2}", "{tv_sec=1, tv_usec=2}". */
void kit_put_seconds(struct pure_show *show, long seconds, long part,
		     const char *part_name);

/* Hundredths of a second: "25", and in a comment "0.25 s"; of a name, if there
   is one. */
void kit_put_ticks(struct pure_show *show, const char *name,
		   unsigned long ticks);

/* "2026-11-30T08:00:00+0000"; as a comment, but for the beginning of 1970. */
void kit_put_date(struct pure_show *show, long seconds, long nanoseconds);
void kit_put_date_comment(struct pure_show *show, long seconds,
			  long nanoseconds);

/* Results that have a text: " (flags O_RDONLY)". */
void kit_put_result_text(struct pure_show *show);

void kit_put_prctl_result(struct pure_show *show);

/* Kinds that others end in. */
kit_shower kit_show_path, kit_show_dirfd;

/* A BPF filter: struct sock_fprog, or COUNT instructions. SECCOMP: it is one of
 * seccomp's. */
void kit_put_filter(struct pure_show *show, unsigned long address,
		    bool seccomp);
void kit_put_instructions(struct pure_show *show, unsigned long address,
			  unsigned int count, bool seccomp);

/* Show argument I as its kind in the table says. */
void kit_show_argument(struct pure_show *show, int i);

/* A struct timespec that argument I points to. */
kit_shower kit_show_inout_timespec;

/* Is argument I shown after the call? */
bool kit_comes_later(const struct pure_show *show, int i);
bool kit_comma_comes_first(const struct pure_show *show, int i);
bool kit_fcntl_asks(const struct pure_show *show);
bool kit_ioctl_asks(const struct pure_show *show);
bool kit_prctl_asks(const struct pure_show *show, int i);
bool kit_arch_prctl_asks(const struct pure_show *show);
bool kit_keyctl_asks(const struct pure_show *show, int i);
bool kit_ipc_asks(const struct pure_show *show);
bool kit_quota_asks(const struct pure_show *show);
bool kit_seccomp_asks(const struct pure_show *show);
bool kit_syslog_asks(const struct pure_show *show);
bool kit_uring_asks(const struct pure_show *show);

/* Keep what the call may change of what is shown after it. */
void kit_keep(struct pure_show *show);
void kit_keep_ioctl(struct pure_show *show);
void kit_keep_perf(struct pure_show *show);
void kit_keep_uring(struct pure_show *show);
void kit_keep_message(struct pure_show *show);
void kit_keep_messages(struct pure_show *show);

/* What the first half has shown is followed by what the call has left. */
void kit_put_auxiliary(struct pure_show *show);

#pragma GCC visibility pop

#endif
