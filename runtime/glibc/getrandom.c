/* getrandom, also as arc4random asks it.

   SPDX-License-Identifier: LGPL-2.1-or-later

   From 2.41 on the vDSO answers it, from a state that each thread has.  With a handler
   set the system call is made instead, and what is passed on of it is answered from
   that state (pure-vdso.c): so the thread gets one here.  Before 2.41 there is nothing
   but the system call.  */

#include <sys/random.h>
#include <sysdep-cancel.h>
#include <sysdep-vdso.h>

#ifdef HAVE_GETRANDOM_VSYSCALL
# include <getrandom-internal.h>
# include <pure.h>

/* A handler that is set while the vDSO is asked is too late for this call.  */
# undef INTERNAL_VSYSCALL_CALL
# define INTERNAL_VSYSCALL_CALL(funcptr, nr, args...) \
  ((long int) funcptr (args))

static ssize_t stock_getrandom (void *, size_t, unsigned int);
static ssize_t stock_getrandom_nocancel (void *, size_t, unsigned int);
static void stock_getrandom_early_init (_Bool);

/* The stock functions without their other names.  */
# pragma push_macro ("libc_hidden_def")
# pragma push_macro ("weak_alias")
# undef libc_hidden_def
# undef weak_alias
# define libc_hidden_def(name)
# define weak_alias(name, alias)
# define __getrandom stock_getrandom
# define __getrandom_nocancel stock_getrandom_nocancel
# define __getrandom_early_init stock_getrandom_early_init
# include <sysdeps/unix/sysv/linux/getrandom.c>
# undef __getrandom_early_init
# undef __getrandom_nocancel
# undef __getrandom
# pragma pop_macro ("weak_alias")
# pragma pop_macro ("libc_hidden_def")

void
__getrandom_early_init (_Bool initial)
{
  stock_getrandom_early_init (initial);
  if (initial)
    __pure_process.random_state_size = state_size;
}

/* Has the thread a state, which nobody is just using?  It gets one if it can.  As in
   the stock getrandom_vdso, a signal's function that comes in between finds none. */
static bool
find_state (void)
{
  struct pthread *self = THREAD_SELF;
  void *state = atomic_load_relaxed (&self->getrandom_buf);

  if (state_size == 0 || is_reserved_ptr (state))
    return false;
  if (state == NULL)
    {
      atomic_store_relaxed (&self->getrandom_buf, reserve_ptr (NULL));
      __atomic_signal_fence (__ATOMIC_ACQ_REL);
      state = vgetrandom_get_state ();
      __atomic_signal_fence (__ATOMIC_ACQ_REL);
      atomic_store_relaxed (&self->getrandom_buf, state);
    }
  return state != NULL;
}

/* By way of the handler.  */
static ssize_t
handled_getrandom (void *buffer, size_t length, unsigned int flags, bool cancel)
{
  if ((pure_mark () & PURE_IN_HANDLER) || !find_state ())
    return getrandom_syscall (buffer, length, flags, cancel);
  long int result = PURE_ASK (__NR_getrandom, 3, buffer, length, flags);
  if (INTERNAL_SYSCALL_ERROR_P (result))
    return INLINE_SYSCALL_ERROR_RETURN_VALUE (INTERNAL_SYSCALL_ERRNO (result));
  return result;
}

ssize_t
__getrandom_nocancel (void *buffer, size_t length, unsigned int flags)
{
  if (__glibc_unlikely (__pure_active ()))
    return handled_getrandom (buffer, length, flags, false);
  return stock_getrandom_nocancel (buffer, length, flags);
}

ssize_t
__getrandom (void *buffer, size_t length, unsigned int flags)
{
  if (__glibc_unlikely (__pure_active ()))
    return handled_getrandom (buffer, length, flags, true);
  return stock_getrandom (buffer, length, flags);
}
libc_hidden_def (__getrandom)
weak_alias (__getrandom, getrandom)

#else
# include <sysdeps/unix/sysv/linux/getrandom.c>
#endif
