/*
 * pure-audit: proves that no system call instruction of an ELF file escapes.
 *
 * How a file goes through it:
 *
 *   main.c       options, exit status
 *   input.c      files, directories, archives: an ELF image each
 *   image.c      the image's sections and segments: what is code, what data
 *   object.c     an object file's sections placed and relocated, as by a linker
 *   dynamic.c    the words that the dynamic linker fills in: the GOT
 *   symbols.c    which function an address is in, which address a name has
 *   cursor.c     reading unwind tables
 *   unwind.c     where functions are by .eh_frame
 *   records.c    purecc_sites: what the compiler says of each site
 *   code.c       Capstone: one instruction
 *   length.c     the length of instructions that Capstone doesn't know
 *   sweep.c      all instructions, guided by the above; the sites among them
 *   operand.c    registers, and operands in memory
 *   steps.c      what each instruction does to a guard, as far as it matters
 *   switch.c     where jump tables lead
 *   stub.c       jumps through the GOT, and the PLT
 *   return.c     which calls don't come back
 *   landing.c    where exceptions lead
 *   graph.c      where each step leads, and where control can come from
 *   flow.c       which sites are behind a test of the pointer on every path
 *   sequence.c   the thunk's sequence, instruction by instruction
 *   guess.c      the pointer of a file in which it has no name
 *   gateway.c    the gateway, by name or by code
 *   classify.c   the kind of each site: puts it together
 *   report.c     text and JSON
 *   util.c       lists, messages
 *
 * Everything in a file may be wrong or hostile. Nothing is believed that the
 * file says of itself where that could hide a site: a record makes a site
 * guarded only if its code agrees. In doubt a site is raw.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef PURE_AUDIT_H
#define PURE_AUDIT_H

#include <gelf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The exit status, see man/pure-audit.1. */
#define EXIT_RAW 1
#define EXIT_UNKNOWN 2

/* A list that grows. ITEMS belongs to it. */
#define LIST(tag, type)       \
	struct tag {          \
		type *items;  \
		size_t count; \
	}

#define list_push(list, ...)                                            \
	do {                                                            \
		(list)->items = list_grow((list)->items, (list)->count, \
					  sizeof(*(list)->items));      \
		(list)->items[(list)->count++] = (__VA_ARGS__);         \
	} while (0)

/* Of things whose first member is an address: sort; find one, or NULL. */
#define list_sort(list) \
	sort_addresses((list)->items, (list)->count, sizeof(*(list)->items))
#define list_find(list, address)                                           \
	find_address((list)->items, (list)->count, sizeof(*(list)->items), \
		     address)

LIST(addresses, uint64_t);

/* What becomes of the call that a site makes. */
enum kind {
	KIND_RAW,
	KIND_GUARDED,
	KIND_THUNK,
	KIND_GATEWAY,
	KIND_NATIVE,
	KINDS,
};

/* The kinds in a record. */
enum { RECORD_BAD, RECORD_GUARDED, RECORD_THUNK, RECORD_GATEWAY };

/* A piece of the memory that the file describes: a section, mostly. */
struct area {
	uint64_t start;
	uint64_t size;
	char *name;
	/* As in the file; the buffer is the image's. */
	const uint8_t *bytes;
	/* With relocations applied, if it is an object file's. Owned. */
	uint8_t *relocated;
	/* It can be executed: is marked so, or in a segment that is. */
	bool executable;
	/* It is said to hold instructions: look for sites here. */
	bool code;
	/* It is the ELF header, or those of the segments. */
	bool headers;
};

struct section {
	Elf_Scn *scn;
	GElf_Shdr header;
	const char *name;
	/* Where it is: sh_addr, or where it was placed. */
	uint64_t address;
	bool placed;
	/* In an object file, the number of the section of its relocations. */
	size_t relocations;
};

struct symbol {
	uint64_t address;
	uint64_t size;
	const char *name;
	uint8_t type;
	uint8_t binding;
};

/* What the unwind tables tell: a function, or a part of one. */
struct frame {
	uint64_t start;
	uint64_t end;
	/* Where its landing pads are told, or 0. */
	uint64_t lsda;
	/* The frame is one that the kernel makes for a signal. */
	bool signal;
};

struct record {
	uint64_t address;
	uint32_t kind;
};

/* Something that code refers to: by address, or by name if it is elsewhere. */
struct place {
	uint64_t address;
	const char *name;
};

/* A word that the dynamic linker fills in. */
struct slot {
	uint64_t address;
	struct place value;
};

/* A stretch of code without the start of a function in it. */
struct stretch {
	uint64_t start;
	uint64_t end;
	enum { STRETCH_FUNCTION, STRETCH_UNNAMED, STRETCH_DATA } type;
	/* Where something could not be disassembled, or 0. */
	uint64_t lost;
};

enum instruction { SITE_SYSCALL, SITE_SYSENTER, SITE_INT80 };

struct site {
	uint64_t address;
	uint8_t size;
	enum instruction instruction;
	/* It may be no instruction at all. */
	bool doubtful;
	enum kind kind;
	/* Why it is of this kind, or NULL if there is nothing to say. */
	const char *reason;
};

/* An instruction, as far as guards are concerned; see steps.c. */
struct step {
	uint64_t address;
	/* Where it jumps to; then the number of that step. Or NO_STEP. */
	uint64_t target;
	/* The registers that are something else after it, a bit each. */
	uint16_t kills;
	uint8_t size;
	uint8_t op;
	uint8_t to;
	uint8_t from;
	uint8_t flags;
};

#define NO_STEP UINT64_MAX
#define NO_LANDING UINT32_MAX

#define POINTER_NAME "__pure_syscall"
#define THUNK_NAME "__pure_thunk"

struct image {
	/* The file, and in an archive the member, or NULL. */
	const char *file;
	const char *member;
	Elf *elf;
	GElf_Ehdr header;
	const uint8_t *bytes;
	size_t size;
	/* What is wrong with it, if something is. */
	char error[256];

	/* The pointer's name. */
	const char *pointer;
	/* Where it is if it has no name in the file, or 0. */
	uint64_t unnamed_pointer;
	uint64_t unnamed_thunk;

	LIST(, struct section) sections;
	LIST(, struct area) areas;
	LIST(, struct symbol) symbols;
	/* The same by name. */
	LIST(, const struct symbol *) names;
	bool has_symtab;
	/* An object file's symbol table. */
	Elf_Data *symtab;
	Elf_Data *symtab_numbers;
	LIST(, struct frame) frames;
	LIST(, struct slot) slots;
	/* Addresses that data refers to. */
	struct addresses taken;

	LIST(, struct record) records;
	size_t dead_records;
	size_t stale_records;
	size_t bad_records;

	LIST(, struct stretch) stretches;
	LIST(, struct site) sites;
	size_t undecoded;
	/* Bytes 0f 05 that are no instruction of their own. */
	size_t lookalikes_code;
	size_t lookalikes_data;
	/* Those of them that may be one after all. */
	struct addresses doubts;

	LIST(, struct step) steps;
	/* For each step, the one that exceptions lead to, or NO_LANDING. */
	uint32_t *landings;
	/* The steps that jump tables lead to, by function; see switch.c. */
	struct addresses switches;
	/* Where the functions start that the gateway jumps to. */
	struct addresses gateways;
};

struct options {
	bool list;
	bool json;
	const char *pointer;
};

/* What is counted, in an image or in all members of an archive. */
struct counts {
	size_t kinds[KINDS];
	size_t sites;
	size_t records;
	size_t stale_records;
	size_t lookalikes;
};

/* Of all files together. */
struct totals {
	/* ELF files and archives. */
	size_t files;
	size_t images;
	size_t raw;
	size_t unknown;
};

/* util.c */
void *list_grow(void *items, size_t count, size_t size);
void *allocate(size_t size);
char *text(const char *format, ...) __attribute__((format(printf, 1, 2)));
void fail(const char *format, ...)
	__attribute__((format(printf, 1, 2), noreturn));
/* Say what is wrong with IMAGE, and return false. */
bool image_error(struct image *image, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void sort_addresses(void *items, size_t count, size_t size);
void *find_address(const void *items, size_t count, size_t size,
		   uint64_t address);
/* A number in the file, which need not be aligned. */
uint64_t read_u64(const void *p);
uint32_t read_u32(const void *p);

/* input.c */
void input_audit(const char *path, const struct options *options,
		 struct totals *totals);

/* image.c */
bool image_load(struct image *image);
void image_free(struct image *image);
/* The area that ADDRESS is in, or NULL. */
struct area *image_area(const struct image *image, uint64_t address);
/* The bytes at ADDRESS, *LEFT of them to the end of its area, or NULL. */
const uint8_t *image_bytes(const struct image *image, uint64_t address,
			   size_t *left);
bool image_word(const struct image *image, uint64_t address, unsigned int size,
		uint64_t *value);
const uint8_t *area_bytes(const struct area *area);

/* object.c */
bool object_place(struct image *image);
bool object_symbol(const struct image *image, size_t index, uint64_t *address);
bool object_relocate(struct image *image);
/*
 * Apply the relocations of SECTION to BYTES, a copy of it. They say where
 * its words come from, so an address is left 0 if nothing is said of it.
 */
bool object_relocate_section(struct image *image, size_t section,
			     uint8_t *bytes, size_t size);
/* What the word at ADDRESS will hold: one of the GOT, or of data. */
bool object_slot(const struct image *image, uint64_t address,
		 struct place *value);

/* dynamic.c */
void dynamic_read(struct image *image);
/* What the word at ADDRESS holds when the program runs. */
bool dynamic_slot(const struct image *image, uint64_t address,
		  struct place *value);

/* symbols.c */
bool symbols_read(struct image *image);
const struct symbol *symbols_at(const struct image *image, uint64_t address);
const struct symbol *symbols_next(const struct image *image,
				  const struct symbol *symbol);
/* Is there a symbol of that name at ADDRESS? */
bool symbols_named(const struct image *image, uint64_t address,
		   const char *name);
bool symbols_have(const struct image *image, const char *name);
/* The function that ADDRESS is in, or NULL. */
const struct symbol *symbols_function(const struct image *image,
				      uint64_t address);
bool symbol_is_code(const struct symbol *symbol);
/* Is it a part of a function that the compiler has put elsewhere? */
bool symbol_is_cold(const struct symbol *symbol);
/* May COLD, for which that holds, be part of the function at START? */
bool symbols_cold_part(const struct image *image, const struct symbol *cold,
		       uint64_t start);
bool place_is_named(const struct image *image, const struct place *place,
		    const char *name);

/* unwind.c */
void unwind_read(struct image *image);
const struct frame *unwind_frame(const struct image *image, uint64_t address);

/* records.c */
bool records_read(struct image *image);
const struct record *records_find(const struct image *image, uint64_t address);

/* code.c, with Capstone's own types */
struct cs_insn;
void code_open(void);
/* Disassemble what is at ADDRESS; NULL if Capstone can't. */
const struct cs_insn *code_at(const struct image *image, uint64_t address);
const struct cs_insn *code_decode(const uint8_t *bytes, size_t size,
				  uint64_t address, bool detail);
unsigned int code_written(const struct cs_insn *insn, uint16_t *registers);

/* length.c */
unsigned int length_of(const uint8_t *bytes, size_t size);

/* sweep.c */
void sweep(struct image *image);
struct stretch *sweep_stretch(const struct image *image, uint64_t address);

/* steps.c */
struct step steps_read(const struct image *image, const struct cs_insn *insn);
bool steps_is_jump(const struct step *step);
uint64_t steps_find(const struct image *image, uint64_t address);
uint64_t steps_next(const struct image *image, uint64_t index);
/* The number of the first step that is not before ADDRESS. */
uint64_t steps_from(const struct image *image, uint64_t address);
bool steps_is_pointer(const struct image *image, uint64_t address);

/* switch.c */
void switch_resolve(struct image *image);

/* landing.c */
void landing_read(struct image *image);

/* return.c */
void return_check(struct image *image);
bool return_is_never(const struct image *image, const struct place *place);

/* graph.c */
void graph_link(struct image *image);
bool graph_ends(const struct step *step);

/* flow.c */
void flow_run(struct image *image);
/* Is the site at ADDRESS behind a test of the pointer on every path? */
bool flow_is_guarded(const struct image *image, uint64_t address);

/* sequence.c */
const char *sequence_check(const struct image *image, const struct site *site);
uint64_t sequence_thunk(const struct image *image, uint64_t address);

/* gateway.c */
void gateway_find(struct image *image);
bool gateway_is_at(const struct image *image, uint64_t address);

/* guess.c */
void guess_pointer(struct image *image);

/* classify.c */
void classify(struct image *image);

/* report.c */
void report_image(const struct image *image, const struct options *options,
		  struct counts *total);
void report_summary(const char *file, const struct counts *counts);
void report_error(const char *file, const char *member, const char *what,
		  const struct options *options);

#endif
