/* The program's signals, under an isolated handler.

   SPDX-License-Identifier: LGPL-2.1-or-later

   A function of the program's must not run while the thread is in the handler's own
   code, which may be in any state: its calls would meet the handler again.  So the
   kernel is given a function of the runtime's in place of the program's
   (pure-signal-entry.S), which goes on to that unless the thread is inside.  Then
   the signal is put aside, in a page of the thread's, and all are blocked; a
   substitute of the same number is queued for the thread, which the kernel delivers,
   with a frame, mask and stack as the program wants them, when the thread leaves the
   handler and its mask is put back.  There what was put aside first takes the
   substitute's place.

   What the kernel may drop of a substitute is made up for: as long as one is aside, a
   signal of that number is followed by a substitute.

   A fault of the handler's own code isn't the program's, and ends the process with
   the handler in the core dump.  A SIGTRAP is: it is a debugger's, or a program's
   that steps through itself, and it runs where it has come, as it does in a handler
   of the program's namespace; its calls are native.  */

#include <asm/unistd.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <atomic.h>
#include <lowlevellock.h>
#define SA_RESTORER 0x04000000
#include <kernel_sigaction.h>
#include <internal-signals.h>
#include "pure-cancel.h"
#include "pure-isolated.h"

#define ACTION_SIZE (offsetof (struct kernel_sigaction, sa_mask) + __NSIG_BYTES)

/* The program's action, of which the kernel has all but this; by the signal's
   number.  A word each: what is delivered reads it at any time.  */
static unsigned long functions[_NSIG];
/* In bits that no address has: the action is for one time; it takes no siginfo, which
   the kernel's always does, for it would write none.  */
#define ONCE (1ul << 63)
#define PLAIN (1ul << 62)
#define ADDRESS(function) ((__sighandler_t) ((function) & ~(ONCE | PLAIN)))

/* Of those who set actions.  */
static int lock = LLL_LOCK_INITIALIZER;

/* A signal that was put aside.  */
struct aside
{
  /* 0: there is none, 1: it is being written.  Else when it has come.  */
  unsigned long order;
  siginfo_t info;
};

/* One page of a thread.  */
enum { MOST_ASIDE = PURE_PAGE / sizeof (struct aside) };

extern void __pure_on_signal (int, siginfo_t *, void *) PURE_HIDDEN;

/* ---- actions ---- */

int
__pure_readable (unsigned long address, unsigned long size)
{
  /* The kernel reads a mask before it refuses what is to be done with it.  */
  return (pure_raw (__NR_rt_sigprocmask, -1, address, 0, __NSIG_BYTES) != -EFAULT
	  && pure_raw (__NR_rt_sigprocmask, -1, address + size - __NSIG_BYTES, 0,
		       __NSIG_BYTES) != -EFAULT);
}

static inline int
function_p (__sighandler_t function)
{
  return function != SIG_DFL && function != SIG_IGN;
}

/* The kernel's action OLD as the program knows it, whose function is FUNCTION.  */
static void
translate (struct kernel_sigaction *old, unsigned long function)
{
  if (old->k_sa_handler != (__sighandler_t) (void (*) (void)) __pure_on_signal)
    return;
  old->k_sa_handler = ADDRESS (function);
  if (function & ONCE)
    old->sa_flags |= SA_RESETHAND;
  if (function & PLAIN)
    old->sa_flags &= ~SA_SIGINFO;
}

static long
set_action (long number, const struct kernel_sigaction *action,
	    struct kernel_sigaction *old)
{
  struct kernel_sigaction own = *action;
  unsigned long before = functions[number];

  /* Before the kernel delivers to it.  In a parent's memory the child of a vfork
     changes nothing.  */
  if (function_p (action->k_sa_handler) && __pure_in_own_process_p ())
    {
      own.k_sa_handler = (__sighandler_t) (void (*) (void)) __pure_on_signal;
      own.sa_flags = (own.sa_flags & ~SA_RESETHAND) | SA_SIGINFO;
      __atomic_store_n (&functions[number],
			(unsigned long) action->k_sa_handler
			| (action->sa_flags & SA_RESETHAND ? ONCE : 0)
			| (action->sa_flags & SA_SIGINFO ? 0 : PLAIN),
			__ATOMIC_RELAXED);
    }
  long result = pure_raw (__NR_rt_sigaction, number, (long) &own, (long) old,
			  __NSIG_BYTES);
  if (result < 0)
    __atomic_store_n (&functions[number], before, __ATOMIC_RELAXED);
  else
    translate (old, before);
  return result;
}

long
__pure_sigaction (long number, long action, long old, long size)
{
  struct kernel_sigaction new_action, old_action;
  long result;

  if (size != __NSIG_BYTES || number <= 0 || number >= _NSIG
      || (action && !__pure_readable (action, ACTION_SIZE)))
    return pure_raw (__NR_rt_sigaction, number, action, old, size);
  if (action)
    memcpy (&new_action, (const void *) action, ACTION_SIZE);
  lll_lock (lock, LLL_PRIVATE);
  if (action)
    result = set_action (number, &new_action, &old_action);
  else
    {
      result = pure_raw (__NR_rt_sigaction, number, 0, (long) &old_action,
			 __NSIG_BYTES);
      translate (&old_action, functions[number]);
    }
  lll_unlock (lock, LLL_PRIVATE);
  if (result < 0 || !old)
    return result;
  /* The kernel says whether it can be written to.  */
  result = pure_raw (__NR_rt_sigaction, number, 0, old, __NSIG_BYTES);
  if (result == 0)
    memcpy ((void *) old, &old_action, ACTION_SIZE);
  return result;
}

void
__pure_signals_after_fork (void)
{
  lock = LLL_LOCK_INITIALIZER;
}

/* ---- those that wait ---- */

static inline struct aside *
aside_page (void)
{
  return (struct aside *) pure_word (PURE_ASIDE_OFFSET);
}

/* Queue INFO for this thread.  */
static long
queue (int number, const siginfo_t *info)
{
  return pure_raw (__NR_rt_tgsigqueueinfo, pure_raw (__NR_getpid, 0, 0, 0, 0),
		   pure_raw (__NR_gettid, 0, 0, 0, 0), number, (long) info);
}

static void
queue_substitute (int number)
{
  siginfo_t info;

  memset (&info, 0, sizeof info);
  info.si_signo = number;
  info.si_code = SI_QUEUE;
  info.si_value.sival_ptr = functions;
  /* Where no more may be queued, the kernel still takes one without a siginfo.  */
  if (queue (number, &info) != 0)
    pure_raw (__NR_tgkill, pure_raw (__NR_getpid, 0, 0, 0, 0),
	      pure_raw (__NR_gettid, 0, 0, 0, 0), number, 0);
}

static inline int
substitute_p (const siginfo_t *info)
{
  return info->si_code == SI_QUEUE && info->si_value.sival_ptr == functions;
}

/* Put INFO aside, last of all.  Another signal may interrupt this, and be put aside
   as a whole.  */
static int
put_aside (const siginfo_t *info)
{
  static unsigned long last = 1;
  struct aside *page = aside_page ();

  if (!page)
    {
      long address = __pure_raw_gateway (__NR_mmap, 0, PURE_PAGE,
					 PROT_READ | PROT_WRITE,
					 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      if ((unsigned long) address > -4096ul)
	return 0;
      page = (struct aside *) address;
      pure_set_word (PURE_ASIDE_OFFSET, page);
    }
  for (int i = 0; i < MOST_ASIDE; i++)
    if (atomic_compare_and_exchange_bool_acq (&page[i].order, 1, 0) == 0)
      {
	page[i].info = *info;
	page[i].order = __atomic_add_fetch (&last, 1, __ATOMIC_RELAXED);
	return 1;
      }
  return 0;
}

/* Take the first of NUMBER, with all of its siginfo, if there is one.  MORE: is
   there another?  */
static int
take_aside (int number, siginfo_t *info, int *more)
{
  struct aside *page = aside_page (), *first = NULL;
  int count = 0;

  for (int i = 0; page && i < MOST_ASIDE; i++)
    if (page[i].order > 1 && page[i].info.si_signo == number)
      {
	count++;
	if (!first || page[i].order < first->order)
	  first = &page[i];
      }
  *more = count > 1;
  if (!first)
    return 0;
  *info = first->info;
  first->order = 0;
  return 1;
}

void
__pure_forget_signals (void)
{
  struct aside *page = aside_page ();

  for (int i = 0; page && i < MOST_ASIDE; i++)
    page[i].order = 0;
}

void
__pure_free_signals (void)
{
  struct aside *page = aside_page ();

  /* What is held comes yet.  */
  if (!page || pure_word (PURE_HELD_OFFSET))
    return;
  pure_set_word (PURE_ASIDE_OFFSET, 0);
  pure_raw (__NR_munmap, (long) page, PURE_PAGE, 0, 0);
}

/* The kernel's mask of CONTEXT.  */
static inline unsigned long *
mask_of (ucontext_t *context)
{
  return &context->uc_sigmask.__val[0];
}

/* The thread is inside: the signal is to wait.  Of those that have come together,
   the one that came first is the last to come here, and has the mask that was the
   thread's, which is part of the others'.  */
static void
hold (int number, siginfo_t *info, ucontext_t *context)
{
  const unsigned long all = -1ul;
  unsigned long mask = *mask_of (context);

  /* The program may have it not blocked by itself.  */
  pure_raw (__NR_rt_sigprocmask, SIG_SETMASK, (long) &all, 0, sizeof all);
  /* A substitute that comes although the thread is inside stays one.  */
  if (substitute_p (info) || !put_aside (info))
    queue (number, info);
  else
    queue_substitute (number);
  if (pure_word (PURE_HELD_OFFSET))
    mask &= pure_word (PURE_HELD_MASK_OFFSET);
  pure_set_word (PURE_HELD_MASK_OFFSET, mask);
  pure_set_word (PURE_HELD_OFFSET, 1);
  *mask_of (context) = all;
}

/* Is it of the instruction that is being executed?  */
static inline int
fault_p (int number, const siginfo_t *info)
{
  return (info->si_code > 0
	  && (number == SIGSEGV || number == SIGBUS || number == SIGFPE
	      || number == SIGILL || number == SIGSYS));
}

/* As the kernel does it for SA_RESETHAND.  */
static void
set_default (int number)
{
  struct kernel_sigaction action;

  pure_raw (__NR_rt_sigaction, number, 0, (long) &action, __NSIG_BYTES);
  translate (&action, functions[number]);
  action.k_sa_handler = SIG_DFL;
  pure_raw (__NR_rt_sigaction, number, (long) &action, 0, __NSIG_BYTES);
}

/* The thread isn't inside, or is to take this where it is: the function of the
   program's that does, whose siginfo is then at INFO; or NULL.  */
static __sighandler_t
deliver (int number, siginfo_t *info)
{
  siginfo_t first;
  int more;

  if (take_aside (number, &first, &more))
    {
      if (!substitute_p (info))
	more |= put_aside (info);
      if (more)
	queue_substitute (number);
      *info = first;
    }
  else if (substitute_p (info))
    return NULL;
  unsigned long function = __atomic_load_n (&functions[number], __ATOMIC_RELAXED);
  if (function & ONCE)
    {
      set_default (number);
      __atomic_store_n (&functions[number], 0, __ATOMIC_RELAXED);
    }
  return ADDRESS (function);
}

static void
leave (const unsigned long *inside)
{
  if (*inside == 0)
    pure_leave_inside ();
}

/* For pure-signal-entry.S: what takes the signal NUMBER now, as above.  */
__sighandler_t PURE_HIDDEN
__pure_signal (int number, siginfo_t *info, ucontext_t *context)
{
  const unsigned long inside __attribute__ ((__cleanup__ (leave))) = pure_inside ();

  if (pure_word (PURE_OWN_THREAD_OFFSET))
    {
      if (number != SIGSETXID || !__pure_set_credentials ())
	/* The handler has let it through.  */
	set_default (number);
      return NULL;
    }
  if (inside == 0)
    /* What comes in between comes before this.  */
    pure_set_inside ((unsigned long) &inside);
  else if (fault_p (number, info))
    {
      set_default (number);
      return NULL;
    }
  else if (number != SIGTRAP || info->si_code <= 0)
    {
      hold (number, info, context);
      return NULL;
    }
  if (number == SIGCANCEL)
    pure_cancel_call (context);
  pure_set_word (PURE_ALTERNATE_OFFSET, context->uc_stack.ss_sp);
  pure_set_word (PURE_ALTERNATE_SIZE_OFFSET, context->uc_stack.ss_size);
  return deliver (number, info);
}

void
__pure_block_functions (void)
{
  unsigned long mask = 0;

  for (int i = 1; i < _NSIG; i++)
    if (functions[i])
      mask |= 1ul << (i - 1);
  pure_raw (__NR_rt_sigprocmask, SIG_BLOCK, (long) &mask, 0, sizeof mask);
}

void
__pure_take_setxid (void)
{
  struct sigaction action;

  __libc_sigaction (SIGSETXID, NULL, &action);
  if (function_p (action.sa_handler))
    return;
  memset (&action, 0, sizeof action);
  action.sa_sigaction = __pure_on_signal;
  action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
  __libc_sigaction (SIGSETXID, &action, NULL);
}
