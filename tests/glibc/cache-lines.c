/* Which cache lines a system call's way writes to, from the site to the kernel
   and back: none that another thread's writes to as well.  Run by
   cache-lines.sh.

   Two threads that are there at the same time single-step the same calls, and
   note the registers at each instruction.  Then the instructions are
   disassembled, and where they write to is computed.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <Zydis/Zydis.h>
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
static ZydisDecoder decoder;
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
register_value (const struct step *step, ZydisRegister name)
{
  /* By their numbers in instructions.  */
  static const int places[]
    = { REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
	REG_R8, REG_R9, REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15 };

  if (name == ZYDIS_REGISTER_NONE)
    return 0;
  if (ZydisRegisterGetClass (name) == ZYDIS_REGCLASS_GPR64)
    return step->registers[places[(int) ZydisRegisterGetId (name)]];
  fprintf (stderr, "an address with register %s\n",
	   ZydisRegisterGetString (name));
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

static void
add_step (struct lines *lines, const struct step *step)
{
  const uint8_t *code = (const uint8_t *) step->registers[REG_RIP];
  ZydisDecodedInstruction instruction;
  ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];

  CHECK (ZYAN_SUCCESS (ZydisDecoderDecodeFull (&decoder, code, 15, &instruction,
					       operands)));
  for (int i = 0; i < instruction.operand_count; i++)
    {
      const ZydisDecodedOperand *op = &operands[i];
      if (op->type != ZYDIS_OPERAND_TYPE_MEMORY
	  || !(op->actions & ZYDIS_OPERAND_ACTION_MASK_WRITE))
	continue;
      unsigned long address = op->mem.disp.value
	+ register_value (step, op->mem.index) * op->mem.scale;
      if (op->mem.base == ZYDIS_REGISTER_RIP)
	address += (unsigned long) code + instruction.length;
      else
	address += register_value (step, op->mem.base);
      if (op->mem.segment == ZYDIS_REGISTER_FS)
	address += pthread_self ();
      /* What is pushed is below what rsp is before.  */
      if (op->visibility == ZYDIS_OPERAND_VISIBILITY_HIDDEN
	  && op->mem.base == ZYDIS_REGISTER_RSP)
	address -= op->size / 8;
      add_lines (lines, address, op->size ? op->size / 8 : 1);
    }
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

  CHECK (ZYAN_SUCCESS (ZydisDecoderInit (&decoder, ZYDIS_MACHINE_MODE_LONG_64,
					 ZYDIS_STACK_WIDTH_64)));
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
