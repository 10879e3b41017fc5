/* seccomp's SECCOMP_RET_TRAP, passing every call on: preloaded, it has all
   calls but its own arrive as SIGSYS.  (A filter outlives an exec: programs
   that are started by others die.)

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <err.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "sigsys.h"

#define LOAD(offset) BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offset)
#define JUMP(condition, value, yes, no)					\
  BPF_JUMP (BPF_JMP | condition | BPF_K, value, yes, no)
#define RETURN(value) BPF_STMT (BPF_RET | BPF_K, value)
#define ADDRESS offsetof (struct seccomp_data, instruction_pointer)

void
sigsys_forked (void)
{
}

static long
install_filter (void)
{
  uint64_t begin = (uint64_t) sigsys_begin, end = (uint64_t) sigsys_end;
  /* The address is the one after the instruction.  */
  struct sock_filter filter[] = {
    LOAD (ADDRESS + 4),
    JUMP (BPF_JEQ, begin >> 32, 0, 4),
    LOAD (ADDRESS),
    JUMP (BPF_JGE, (uint32_t) begin, 0, 2),
    JUMP (BPF_JGT, (uint32_t) end, 1, 0),
    RETURN (SECCOMP_RET_ALLOW),
    RETURN (SECCOMP_RET_TRAP),
  };
  struct sock_fprog program = { sizeof filter / sizeof *filter, filter };

  if (begin >> 32 != end >> 32)
    return -ERANGE;
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  return sigsys_native (SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0,
			(long) &program, 0, 0, 0);
}

__attribute__ ((constructor)) static void
install (void)
{
  if (!sigsys_start () || (errno = -install_filter ()) != 0)
    err (2, "a seccomp filter can't be had here");
}
