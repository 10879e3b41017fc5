/*
 * The first layer: an ELF file, or a member of an archive. What it says of
 * itself: what is code and what is data, names, unwind tables, relocations,
 * and the compiler's records.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef PURE_AUDIT_IMAGE_H
#define PURE_AUDIT_IMAGE_H

#include <abi/record.h>
#include <gelf.h>

#include "list.h"

/* The kinds in a record, and that of one that makes no sense. */
enum {
	RECORD_BAD,
	RECORD_GUARDED = PURE_KIND_GUARDED,
	RECORD_THUNK = PURE_KIND_THUNK,
	RECORD_GATEWAY = PURE_KIND_GATEWAY,
};

/* A piece of the memory that the file describes: a section. */
struct area {
	uint64_t start;
	uint64_t size;
	const char *name;
	/* As in the file; the buffer is the image's. */
	const uint8_t *bytes;
	/* With relocations applied, if it is an object file's. Owned. */
	uint8_t *relocated;
	/* It can be executed: is marked so, or in a segment that is. */
	bool executable;
	/* It is said to hold instructions: look for sites here. */
	bool code;
	bool writable;
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

/* One by the symbols, or else by the unwind tables. */
struct function {
	/* NULL if it has none. */
	const char *name;
	uint64_t start;
	/* 0 if nothing says where it is. */
	uint64_t end;
};

enum content { CONTENT_UNNAMED, CONTENT_FUNCTION, CONTENT_DATA };

/* What the unwind tables say: a function, or a part of one. */
struct frame {
	uint64_t start;
	uint64_t end;
	/* Where its landing pads are listed, or 0. */
	uint64_t lsda;
	/* The frame is one that the kernel makes for a signal. */
	bool signal;
};

/* Exceptions between START and END lead to PAD. */
struct landing {
	uint64_t start;
	uint64_t end;
	uint64_t pad;
};

LIST(landings, struct landing);

struct record {
	uint64_t address;
	uint32_t kind;
};

LIST(records, struct record);

/* Something that code refers to: by address, or by name if it is elsewhere. */
struct place {
	uint64_t address;
	const char *name;
};

/* A word that a linker fills in. */
struct slot {
	uint64_t address;
	struct place value;
};

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
	/* It has nothing but what GCC has left for the linker to compile. */
	bool uncompiled;

	LIST(, struct section) sections;
	LIST(, struct area) areas;
	LIST(, struct symbol) symbols;
	bool has_symtab;
	/* An object file's symbol table. */
	Elf_Data *symtab;
	LIST(, struct frame) frames;
	LIST(, struct slot) slots;
	/* What the compiler, or the prelude, says of each site. */
	struct records records;
	size_t dead_records;
	size_t bad_records;
};

/* image.c */
/*
 * Read IMAGE, of which FILE, MEMBER and ELF are set. Returns false and sets
 * its ERROR if it can't be said what is in it.
 */
bool image_load(struct image *image);
void image_free(struct image *image);
/* Say what is wrong with IMAGE, and return false. */
bool image_error(struct image *image, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
#define image_damaged(image, ...) image_error(image, "is damaged: " __VA_ARGS__)
bool image_is_object(const struct image *image);

/* area.c */
/* The area that ADDRESS is in, or NULL. */
const struct area *area_at(const struct image *image, uint64_t address);
/* The same if it holds code. */
const struct area *area_of_code(const struct image *image, uint64_t address);
const uint8_t *area_bytes(const struct area *area);
/*
 * SIZE bytes at OFFSET in AREA were read: the file, which is mapped, need not
 * be kept in memory there. A good SIZE is AREA_PART.
 */
void area_forget(const struct area *area, uint64_t offset, uint64_t size);
#define AREA_PART ((uint64_t)16 << 20)
/* The bytes at ADDRESS, *LEFT of them to the end of its area, or NULL. */
const uint8_t *image_bytes(const struct image *image, uint64_t address,
			   size_t *left);
/* Read SIZE bytes, 4 or 8, at ADDRESS into *VALUE, as a signed number. */
bool image_word(const struct image *image, uint64_t address, unsigned int size,
		uint64_t *value);
bool area_find_all(struct image *image);

/* object.c */
bool object_place(struct image *image);
bool object_symbol(const struct image *image, size_t index, uint64_t *address);
bool object_relocate(struct image *image);
/*
 * Apply the relocations of section NUMBER to BYTES, a copy of it. They say
 * where its words come from, so an address is left 0 if nothing is said of it.
 */
bool object_relocate_section(struct image *image, size_t number, uint8_t *bytes,
			     size_t size);
/* slots.c */
void slots_read(struct image *image);
/* What the word at ADDRESS holds when the program runs. */
bool slots_find(const struct image *image, uint64_t address,
		struct place *value);
/* Add each address of code that is in the data to TAKEN. */
void slots_taken(const struct image *image, struct addresses *taken);

/* symbols.c */
bool symbols_read(struct image *image);
/* The best symbol at ADDRESS itself, and the next one there, or NULL. */
const struct symbol *symbols_at(const struct image *image, uint64_t address);
const struct symbol *symbols_next(const struct image *image,
				  const struct symbol *symbol);
/* Is there a symbol of that name at ADDRESS? */
bool symbols_named(const struct image *image, uint64_t address,
		   const char *name);
/* Does the file know NAME, as its own or as another file's? */
bool symbols_have(const struct image *image, const char *name);
/* The function that ADDRESS is in, or NULL. */
const struct symbol *symbols_function(const struct image *image,
				      uint64_t address);
/* Set FUNCTION to the one that ADDRESS is in, if one is known. */
bool symbols_where(const struct image *image, uint64_t address,
		   struct function *function);
/* What there is at ADDRESS by the symbols. */
enum content symbols_say(const struct image *image, uint64_t address);
bool symbol_is_code(const struct symbol *symbol);
/*
 * May anybody come to where SYMBOL is? Not if that is data, or a part of a
 * function that the compiler has put elsewhere, "f.cold".
 */
bool symbol_is_entry(const struct symbol *symbol);
bool place_is_named(const struct image *image, const struct place *place,
		    const char *name);

/* frames.c */
void frames_read(struct image *image);
/* The frame that ADDRESS is in, or NULL. */
const struct frame *frames_find(const struct image *image, uint64_t address);
/* Add the landing pads of FRAME to LANDINGS, in order, without overlap. */
void frames_landings(const struct image *image, const struct frame *frame,
		     struct landings *landings);

/* records.c */
bool records_read(struct image *image);

#endif
