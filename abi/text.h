/* The tokens of the arguments, after the expansion of macros, as a string: for
   names and assembler statements, which C needs as text.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_ABI_TEXT_H
#define PURE_ABI_TEXT_H 1

#define PURE_TEXT(...) PURE_TEXT_1 (__VA_ARGS__)
#define PURE_TEXT_1(...) #__VA_ARGS__

#endif /* text.h */
