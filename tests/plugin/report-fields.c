/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A line of the report for each site: where it is, in what function, its number
   and name where that is constant, how many arguments, the mode, and what
   became of it.  */
/* action: compile */
/* plugin: mode=inline */
/* expect-report: {"file": "report-fields.c", "line": 14, "column": 3, "function": "write_call", "macros": [], "number": 1, "name": "write", "nargs": 3, "mode": "inline", "kind": "guarded"} */
/* expect-report: {"file": "report-fields.c", "line": 26, "column": 3, "function": "variable_call", "macros": [], "number": null, "name": null, "nargs": 1, "mode": "inline", "kind": "guarded"} */
/* expect-report: {"file": "report-fields.c", "line": 36, "column": 3, "function": "no_such_call", "macros": [], "number": 100000, "name": null, "nargs": 0, "mode": "inline", "kind": "guarded"} */
/* expect-report: {"file": "report-fields.c", "line": 46, "column": 3, "function": "negative_call", "macros": [], "number": -1, "name": null, "nargs": 0, "mode": "inline", "kind": "guarded"} */
long
write_call (const void *data, long size)
{
  __asm__ volatile ("syscall"
		    : "=a" (size)
		    : "0" (1L), "D" (1), "S" (data), "d" (size)
		    : "rcx", "r11", "memory");
  return size;
}

long
variable_call (long n, long a)
{
  long result;

  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (n), "D" (a)
		    : "rcx", "r11", "memory");
  return result;
}

long
no_such_call (void)
{ long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (100000L)
		    : "rcx", "r11", "memory");
  return result;
}

long
negative_call (void)
{ long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (-1L)
		    : "rcx", "r11", "memory");
  return result;
}
