// An isolated handler that uses its C library for all that a handler may: at each
// call it prints to a stream, allocates, has thread-local data, of its own and of two
// libraries that it loads, and thread-specific data, takes a lock and counts in a map.
// When the process ends its destructors print the counts: the last line is
// "end NUMBER", of this process's calls.  It aborts when it is entered again before it
// has passed a call on.
//
// The option log, or LOG in the environment, is the file to print to, if there is to be
// one.  LIBRARIES is a
// string: the names of those libraries, separated by a colon.
//
// SPDX-License-Identifier: GPL-3.0-or-later

#include <dlfcn.h>
#include <fcntl.h>
#include <map>
#include <memory>
#include <mutex>
#include <pthread.h>
#include <purecc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string>
#include <unistd.h>
#include <vector>

namespace
{

FILE *out;
long *(*data_of[2]) ();
thread_local std::string last;
thread_local long own_data[512];

struct counts
{
  std::mutex mutex;
  std::map<long, long> calls;

  void
  count (long number)
  {
    std::lock_guard<std::mutex> guard (mutex);
    calls[number]++;
  }

  ~counts ()
  {
    long all = 0;
    if (!out)
      return;
    for (const auto &one : calls)
      {
	fprintf (out, "%ld: %ld\n", one.first, one.second);
	all += one.second;
      }
    fprintf (out, "end %ld\n", all);
  }
} counts;

thread_local volatile int inside;

pthread_key_t keys[2];

// Each thread has its own, which grows, and is freed with it.
void
count_by_key ()
{
  for (pthread_key_t key : keys)
    {
      long *count = static_cast<long *> (pthread_getspecific (key));
      if (!count)
	{
	  count = new long[2] ();
	  if (pthread_setspecific (key, count) != 0)
	    abort ();
	}
      if (count[0]++ != count[1]++)
	abort ();
    }
}

void
free_count (void *data)
{
  delete[] static_cast<long *> (data);
}

void
use_all (long number)
{
  auto text = std::make_unique<std::vector<char>> (100 + number % 64 * 100);
  fprintf (out, "%ld\n", number);
  last = std::to_string (number) + " was the last one of this thread, and no other";
  own_data[number & 511]++;
  count_by_key ();
  for (auto data : data_of)
    if (data)
      ++*data ();
  counts.count (number);
}

long
handler (long number, long nr, long a1, long a2, long a3, long a4, long a5, long a6)
{
  if (inside)
    abort ();
  inside = 1;
  use_all (number);
  inside = 0;
  return pure_pass (number, nr, a1, a2, a3, a4, a5, a6);
}

// A stream that has no descriptor, for a program that looks for those.
FILE *
open_nothing ()
{
  cookie_io_functions_t functions = {};

  functions.write = [] (void *, const char *, size_t size) {
    return static_cast<ssize_t> (size);
  };
  return fopencookie (nullptr, "w", functions);
}

// A stream to file NAME, whose descriptor has a number that programs leave alone: a
// high one.
FILE *
open_log (const char *name)
{
  int low = open (name, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
  int fd = -1;

  for (int high = 1000; fd < 0 && high > low; high--)
    fd = fcntl (low, F_DUPFD_CLOEXEC, high);
  if (fd < 0)
    return nullptr;
  close (low);
  // It doesn't run full in a child of vfork, which may have closed the descriptor.
  static char buffer[65536];
  FILE *log = fdopen (fd, "a");
  if (log && setvbuf (log, buffer, _IOFBF, sizeof buffer) != 0)
    return nullptr;
  return log;
}

PURE_OPTION (log, "string", "", "the file to print to");

int
start (int, char **, char **envp)
{
  for (pthread_key_t &key : keys)
    if (pthread_key_create (&key, free_count) != 0)
      return 1;
  pthread_atfork ([] { counts.mutex.lock (); }, [] { counts.mutex.unlock (); },
		  [] {
		    counts.calls.clear ();
		    counts.mutex.unlock ();
		  });
  const char *name = PURE_OPTION_TEXT (log, envp);
  if (!*name)
    name = getenv ("LOG");
  out = name ? open_log (name) : open_nothing ();
  if (!out)
    return 1;
  std::string libraries = LIBRARIES;
  for (auto &data : data_of)
    {
      size_t length = libraries.find (':');
      std::string library = libraries.substr (0, length);
      libraries.erase (0, length == std::string::npos ? length : length + 1);
      if (library.empty ())
	break;
      void *handle = dlopen (library.c_str (), RTLD_NOW);
      if (!handle)
	return fprintf (stderr, "%s\n", dlerror ()), 1;
      data = reinterpret_cast<long *(*) ()> (dlsym (handle, "data"));
    }
  return 0;
}

}

PURE_HANDLER_INIT (reinterpret_cast<pure_handler_t> (handler), start);
