/* Which cache lines a system call's way writes to, from the site to the kernel
   and back: none that another thread's writes to as well.  Run by
   cache-lines.sh.

   Two threads that are there at the same time single-step the same calls, and
   note the registers at each instruction.  Then the instructions are
   disassembled, and where they write to is computed.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <capstone/capstone.h>
#include <pthread.h>
#include "../semantics/steps.h"

enum { LINE = 64, MOST_STEPS = 2000, MOST_LINES = 400 };

struct step
{
  gregset_t registers;
};

struct lines
{
  unsigned long line[MOST_LINES];
  int count;
};

static struct step steps[MOST_STEPS];
static int step_count;
static csh disassembler;
static long counter;

/* To see that what should be found is found.  */
static long
counting_call (void)
{
  counter++;
  return site0 (SYS_getppid);
}

static void
record_step (int signal, siginfo_t *info, void *context)
{
  (void) signal, (void) info;
  if (step_count < MOST_STEPS)
    memcpy (steps[step_count].registers,
	    ((ucontext_t *) context)->uc_mcontext.gregs, sizeof (gregset_t));
  step_count++;
}

static long
register_value (const struct step *step, x86_reg name)
{
  static const struct
  {
    x86_reg name;
    int place;
  } places[] = {
    { X86_REG_RAX, REG_RAX }, { X86_REG_RBX, REG_RBX },
    { X86_REG_RCX, REG_RCX }, { X86_REG_RDX, REG_RDX },
    { X86_REG_RSI, REG_RSI }, { X86_REG_RDI, REG_RDI },
    { X86_REG_RBP, REG_RBP }, { X86_REG_RSP, REG_RSP },
    { X86_REG_R8, REG_R8 }, { X86_REG_R9, REG_R9 },
    { X86_REG_R10, REG_R10 }, { X86_REG_R11, REG_R11 },
    { X86_REG_R12, REG_R12 }, { X86_REG_R13, REG_R13 },
    { X86_REG_R14, REG_R14 }, { X86_REG_R15, REG_R15 },
  };

  if (name == X86_REG_INVALID)
    return 0;
  for (unsigned int i = 0; i < sizeof places / sizeof *places; i++)
    if (places[i].name == name)
      return step->registers[places[i].place];
  fprintf (stderr, "an address with register %s\n",
	   cs_reg_name (disassembler, name));
  exit (1);
}

static void
add_lines (struct lines *lines, unsigned long address, int size)
{
  for (unsigned long line = address / LINE;
       line <= (address + size - 1) / LINE; line++)
    {
      int i = 0;
      while (i < lines->count && lines->line[i] != line)
	i++;
      CHECK (i < MOST_LINES);
      lines->line[i] = line;
      if (i == lines->count)
	lines->count++;
    }
}

/* Does INSTRUCTION write to its operand OP?  The disassembler doesn't know it of
   all: of those, what has been looked up.  */
static int
writes_p (const cs_insn *instruction, const cs_x86_op *op)
{
  if (op->type != X86_OP_MEM)
    return 0;
  switch (instruction->id)
    {
    case X86_INS_LEA:
    case X86_INS_NOP:
    case X86_INS_CMP:
    case X86_INS_TEST:
    case X86_INS_LDMXCSR:
    case X86_INS_FXRSTOR64:
    case X86_INS_XRSTOR64:
    case X86_INS_PUSH:
    case X86_INS_CALL:
    case X86_INS_JMP:
      return 0;
    default:
      return op->access == 0 || (op->access & CS_AC_WRITE);
    }
}

/* Moves of mask registers that the disassembler doesn't know: kmovq, from memory
   and to the stack.  */
static void
add_unknown_step (struct lines *lines, const struct step *step,
		  const uint8_t *code)
{
  int place;

  if (code[0] == 0xc4 && code[2] == 0xf8 && code[3] == 0x90)
    return;
  /* 32 bits of displacement, and rsp.  */
  if (code[0] == 0xc4 && code[1] == 0xe1 && code[2] == 0xf8 && code[3] == 0x91
      && (code[4] & 0xc7) == 0x84 && code[5] == 0x24)
    {
      memcpy (&place, code + 6, sizeof place);
      add_lines (lines, step->registers[REG_RSP] + place, 8);
      return;
    }
  for (int i = 0; i < 15; i++)
    fprintf (stderr, "%02x ", code[i]);
  fprintf (stderr, "can't be disassembled\n");
  exit (1);
}

static void
add_step (struct lines *lines, const struct step *step)
{
  const uint8_t *code = (const uint8_t *) step->registers[REG_RIP];
  cs_insn *instruction;

  if (cs_disasm (disassembler, code, 15, (uint64_t) code, 1, &instruction) != 1)
    {
      add_unknown_step (lines, step, code);
      return;
    }
  const cs_x86 *x86 = &instruction->detail->x86;
  for (int i = 0; i < x86->op_count; i++)
    {
      const cs_x86_op *op = &x86->operands[i];
      if (!writes_p (instruction, op))
	continue;
      unsigned long address = op->mem.disp
	+ register_value (step, op->mem.index) * op->mem.scale;
      if (op->mem.base == X86_REG_RIP)
	address += instruction->address + instruction->size;
      else
	address += register_value (step, op->mem.base);
      if (op->mem.segment == X86_REG_FS)
	address += pthread_self ();
      add_lines (lines, address, op->size ? op->size : 1);
    }
  if (instruction->id == X86_INS_PUSH || instruction->id == X86_INS_PUSHFQ
      || instruction->id == X86_INS_CALL)
    add_lines (lines, step->registers[REG_RSP] - 8, 8);
  cs_free (instruction, 1);
}

/* The lines that CALL writes to in this thread, the second time.  */
static void
find_lines (long (*call) (void), struct lines *lines)
{
  lines->count = 0;
  call ();
  handle_steps (record_step);
  step_count = 0;
  start_steps ();
  call ();
  stop_steps ();
  CHECK (step_count > 3 && step_count < MOST_STEPS);
  for (int i = 0; i < step_count; i++)
    add_step (lines, &steps[i]);
}

struct task
{
  long (*call) (void);
  struct lines lines;
};

static void *
find_lines_in_thread (void *arg)
{
  struct task *task = arg;
  find_lines (task->call, &task->lines);
  return NULL;
}

/* How many lines two threads that make CALL both write to.  */
static int
common_lines (long (*call) (void), int *own)
{
  struct lines here;
  struct task there = { call, { { 0 }, 0 } };
  pthread_t thread;
  int common = 0;

  find_lines (call, &here);
  CHECK (pthread_create (&thread, NULL, find_lines_in_thread, &there) == 0);
  CHECK (pthread_join (thread, NULL) == 0);
  for (int i = 0; i < here.count; i++)
    for (int j = 0; j < there.lines.count; j++)
      if (here.line[i] == there.lines.line[j])
	{
	  printf ("both write to %#lx\n", here.line[i] * LINE);
	  common++;
	}
  *own = here.count;
  return common;
}

/* Arguments: "handler" if one is set, "same" if it is to be set here.  */
int
main (int argc, char **argv)
{
  int handler = argc > 1, own;

  CHECK (cs_open (CS_ARCH_X86, CS_MODE_64, &disassembler) == CS_ERR_OK);
  CHECK (cs_option (disassembler, CS_OPT_DETAIL, CS_OPT_ON) == CS_ERR_OK);
  if (handler && strcmp (argv[1], "same") == 0)
    __pure_syscall = (pure_handler_t) pure_pass;
  CHECK (common_lines (counting_call, &own) == 1);
  for (int i = 0; i < STEP_CALLS; i++)
    {
      CHECK (common_lines (step_calls[i], &own) == 0);
      printf ("call %d: %d steps, %d lines\n", i, step_count, own);
      CHECK (!handler || own > 1);
    }
  return 0;
}
