/* What there is in /proc of the process, read and changed.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <linux/prctl.h>
#include <sys/mman.h>
#include "start.h"

/* ---- its memory ---- */

/* Unmap FROM to TO but for the ranges from KEPT on.  */
static void
unmap_between (unsigned long from, unsigned long to, const struct range *kept,
	       const struct range *end)
{
  for (; kept < end; kept++)
    if (kept->start < to && from < kept->end)
      {
	if (from < kept->start)
	  unmap_between (from, kept->start, kept + 1, end);
	if (kept->end >= to)
	  return;
	from = kept->end;
      }
  kernel_call (__NR_munmap, from, to - from, 0, 0, 0, 0);
}

static void
skip_word (const char **text)
{
  while (**text != ' ')
    ++*text;
  while (**text == ' ')
    ++*text;
}

/* The anonymous memory that may be the first ld.so's: that takes a few pieces, and no
   executable one.  Where there are more, or such a one, the program is run by
   something that is in the same process, as valgrind is, and which it is can't be
   known.  */
#define FIRST_PIECES 16

struct pieces
{
  struct range ranges[FIRST_PIECES];
  int count;
  int others;
};

/* LINE is one of /proc/self/maps,
     START-END PERMISSIONS OFFSET DEVICE INODE   NAME
   Returns whether it is anonymous memory.  The stack has a name, as the vDSO.  */
static int
read_mapping (const char *line, struct range *range, int *executable)
{
  range->start = number_at (&line, 16);
  line++;
  range->end = number_at (&line, 16);
  line++;
  *executable = line[2] == 'x';
  for (int word = 0; word < 3; word++)
    skip_word (&line);
  if (number_at (&line, 10) != 0)
    return 0;
  while (*line == ' ')
    line++;
  return !*line || after (line, "[anon:");
}

/* Are the stack or the end of the HEAP in RANGE?  The kernel names them, but not what
   has them somewhere else.  */
static int
stack_or_heap_p (const struct process *process, unsigned long heap,
		 const struct range *range)
{
  const unsigned long stack = (unsigned long) process->stack;

  return ((range->start <= stack && stack < range->end)
	  || (range->start <= heap && heap <= range->end));
}

/* Note what the lines from TEXT to END say; returns where one begins that isn't
   complete.  */
static char *
read_lines (char *text, char *end, const struct process *process, unsigned long heap,
	    struct pieces *pieces)
{
  char *line = text;

  for (char *p = text; p < end; p++)
    {
      struct range range;
      int executable;
      if (*p != '\n')
	continue;
      *p = '\0';
      if (read_mapping (line, &range, &executable)
	  && !stack_or_heap_p (process, heap, &range))
	{
	  if (executable || pieces->count == FIRST_PIECES)
	    pieces->others = 1;
	  else
	    pieces->ranges[pieces->count++] = range;
	}
      line = p + 1;
    }
  return line;
}

/* Does another process trace this one?  */
static int
traced_p (void)
{
  char buffer[4096];
  const char *p = buffer, *value;
  long fd = open_file ("/proc/self/status"), got;

  if (failed (fd))
    return 0;
  got = read_all (fd, buffer, sizeof buffer - 1);
  close_file (fd);
  buffer[failed (got) ? 0 : got] = '\0';
  for (; *p; p++)
    if ((value = after (p, "\nTracerPid:\t")))
      return *value != '0';
  return 0;
}

void
unmap_first (const struct process *process, const struct range kept[KEPT])
{
  struct range first = object_range (process->first);
  long fd = open_file ("/proc/self/maps"), got;
  const unsigned long heap = kernel_call (__NR_brk, 0, 0, 0, 0, 0, 0);
  char buffer[8192], *line;
  size_t held = 0;
  struct pieces pieces;

  pieces.count = pieces.others = 0;
  /* A debugger may have breakpoints there, and stops where it can't take them out.  */
  if (!traced_p ())
    kernel_call (__NR_munmap, first.start, first.end - first.start, 0, 0, 0, 0);
  if (failed (fd))
    return;
  while ((got = kernel_call (__NR_read, fd, (long) buffer + held,
			     sizeof buffer - held, 0, 0, 0)) > 0)
    {
      line = read_lines (buffer, buffer + held + got, process, heap, &pieces);
      held = buffer + held + got - line;
      memcpy (buffer, line, held);
    }
  close_file (fd);
  for (int i = 0; i < pieces.count && !pieces.others; i++)
    unmap_between (pieces.ranges[i].start, pieces.ranges[i].end, kept, kept + KEPT);
}

/* ---- what it shows ---- */

/* Numbers of /proc/self/stat, by proc(5)'s count, into VALUES from FIRST on, COUNT of
   them.  FIELD is where TEXT is.  */
static const char *
read_fields (const char *text, int *field, int first, int count,
	     unsigned long long *values)
{
  for (; *field < first; ++*field)
    skip_word (&text);
  for (int i = 0; i < count; i++, ++*field)
    {
      values[i] = number_at (&text, 10);
      text++;
    }
  return text;
}

static int
read_map (struct prctl_mm_map *map)
{
  char buffer[2048];
  long fd = open_file ("/proc/self/stat"), got, end;
  const char *text;
  int field = 3;

  if (failed (fd))
    return 0;
  got = read_all (fd, buffer, sizeof buffer - 1);
  close_file (fd);
  if (failed (got))
    return 0;
  /* The program's name may have anything in it.  */
  for (end = got; end > 0 && buffer[end - 1] != ')'; end--)
    continue;
  buffer[got] = '\0';
  if (end == 0)
    return 0;
  unsigned long long code[3], data[7];
  text = read_fields (buffer + end + 1, &field, 26, 3, code);
  read_fields (text, &field, 45, 7, data);
  *map = (struct prctl_mm_map) {
    .start_code = code[0], .end_code = code[1], .start_stack = code[2],
    .start_data = data[0], .end_data = data[1], .start_brk = data[2],
    .arg_start = data[3], .arg_end = data[4], .env_start = data[5],
    .env_end = data[6], .brk = kernel_call (__NR_brk, 0, 0, 0, 0, 0, 0),
    .exe_fd = -1,
  };
  return 1;
}

void
tell_kernel (const struct process *process, const char *removed)
{
  struct prctl_mm_map map;
  Elf64_auxv_t *auxiliary = process->auxiliary + 1;
  size_t count = 1;

  if (!read_map (&map))
    return;
  while (auxiliary[count - 1].a_type != AT_NULL)
    count++;
  for (int i = 0; i < process->variables; i++)
    if (process->environment[i] > removed)
      return;
  map.env_end = (unsigned long) removed;
  map.auxv = (void *) auxiliary;
  map.auxv_size = count * sizeof *auxiliary;
  kernel_call (__NR_prctl, PR_SET_MM, PR_SET_MM_MAP, (long) &map, sizeof map, 0, 0);
}
