/* A program that asks of devices, quotas, keys and sockets what few programs do, on
   descriptors that aren't there: calls.sh compares its lines with strace's.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/blktrace_api.h>
#include <linux/counter.h>
#include <linux/dqblk_xfs.h>
#include <linux/fs.h>
#include <linux/futex.h>
#include <linux/gpio.h>
#include <linux/hdreg.h>
#include <linux/input.h>
#include <linux/io_uring.h>
#include <linux/keyctl.h>
#include <linux/perf_event.h>
#include <linux/ptp_clock.h>
#include <linux/quota.h>
#include <linux/rtc.h>
#include <scsi/sg.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CALL(name, ...) syscall (SYS_##name, ##__VA_ARGS__, 0L, 0L, 0L, 0L)

static char buffer[2048];

/* Of FAMILY, with SIZE bytes of TEXT after it, which ends in NULs.  */
static void
connect_to (unsigned short family, const char *text, size_t size)
{
  memset (buffer, 0, sizeof buffer);
  memcpy (buffer, &family, sizeof family);
  strcpy (buffer + sizeof family, text);
  CALL (connect, -1, buffer, size);
}

/* A station's call, whose characters are shifted.  */
static void
put_call (char *to, const char *call, int number)
{
  memset (to, ' ' << 1, 6);
  for (int i = 0; call[i]; i++)
    to[i] = call[i] << 1;
  to[6] = number << 1;
}

static void
stations (void)
{
  static const struct { const char *call; int number; } others[] = {
    { "VALID2", 7 }, { "no-caps", 3 }, { "A B", 1 }, { "", 0 }, { "", 2 }, { "A*B", 1 },
  };
  char *address = buffer;
  unsigned int i;

  memset (address, 0, 80);
  address[0] = AF_AX25;
  put_call (address + 2, "CALL", 5);
  CALL (connect, -1, address, 15);
  CALL (connect, -1, address, 16);
  CALL (connect, -1, address, 16 + 7);
  address[12] = 6;
  for (i = 0; i < 6; i++)
    put_call (address + 16 + 7 * i, others[i].call, others[i].number);
  for (i = 16; i < 80; i += 5)
    CALL (connect, -1, address, i);
}

static void
addresses (void)
{
  static const char types[] = { 0, 1, 2, 3 };
  unsigned int i;

  stations ();
  connect_to (AF_IPX, "\x30\x39\xfa\xce\xfe\xed" "ABCDEF" "\x5\x42", 16);
  connect_to (AF_IPX, "\x30\x39\xfa\xce\xfe\xed" "ABCDEF", 16);
  for (i = 0; i < sizeof types; i++)
    {
      connect_to (AF_IEEE802154, "", 20);
      buffer[4] = types[i];
      CALL (connect, -1, buffer, 20);
      memcpy (buffer + 8, "\xff\xff\xfe\xff\1\2\3\4\5\6", 10);
      CALL (connect, -1, buffer, 20);
    }
  connect_to (AF_NFC, "\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1", 16);
  buffer[12] = 7;
  memset (buffer + 13, 0, 3);
  CALL (connect, -1, buffer, 16);
  CALL (connect, -1, buffer, 17);
  strcpy (buffer + 16, "\1\7service");
  buffer[88] = 5;
  CALL (connect, -1, buffer, 96);
  for (i = 0; i < 40; i += 4)
    {
      struct sockaddr_in6 six = { AF_INET6, htons (7), htonl (9), IN6ADDR_LOOPBACK_INIT, 2 };
      struct sockaddr_in four = { AF_INET, htons (9), { htonl (INADDR_LOOPBACK) }, "" };
      unsigned short head[] = { AF_RXRPC, i, i % 8, i };

      memset (buffer, 0, 64);
      memcpy (buffer, head, sizeof head);
      CALL (connect, -1, buffer, 36);
      memcpy (buffer + 8, &four, sizeof four);
      CALL (connect, -1, buffer, 36);
      memcpy (buffer + 8, &six, sizeof six);
      CALL (connect, -1, buffer, 36);
    }
}

static void
quotas (void)
{
  static const int commands[] = {
    Q_SYNC, Q_QUOTAON, Q_QUOTAOFF, Q_GETFMT, Q_GETINFO, Q_SETINFO, Q_GETQUOTA, Q_SETQUOTA,
    Q_GETNEXTQUOTA, Q_XQUOTAON, Q_XQUOTAOFF, Q_XGETQUOTA, Q_XSETQLIM, Q_XGETQSTAT,
    Q_XQUOTARM, Q_XQUOTASYNC, Q_XGETQSTATV, Q_XGETNEXTQUOTA, 0xbad,
  };
  unsigned int i;

  memset (buffer, 0x21, sizeof buffer);
  buffer[100] = 0;
  for (i = 0; i < sizeof commands / sizeof *commands; i++)
    {
      CALL (quotactl, QCMD (commands[i], i % 5), "/dev/nothing", 2, buffer);
      CALL (quotactl, QCMD (commands[i], 0), NULL, -1, NULL);
      CALL (quotactl_fd, -1, QCMD (commands[i], 1), 3, buffer);
    }
}

static void
keys (void)
{
  static const int commands[] = { KEYCTL_PKEY_ENCRYPT, KEYCTL_PKEY_DECRYPT, KEYCTL_PKEY_SIGN,
				  KEYCTL_PKEY_VERIFY };
  struct keyctl_pkey_params params = { .key_id = KEY_SPEC_GROUP_KEYRING, .in_len = 4,
				       .out_len = 2 };
  struct keyctl_kdf_params how = { "sha256", "other", 3, { 0 } };
  int secret[] = { KEY_SPEC_GROUP_KEYRING, 12345, -17 };
  unsigned int i;

  CALL (keyctl, KEYCTL_DH_COMPUTE, secret, buffer, 16L, NULL);
  CALL (keyctl, KEYCTL_DH_COMPUTE, secret, buffer, 16L, &how);
  how.otherinfolen = 0;
  how.__spare[1] = 7;
  CALL (keyctl, KEYCTL_DH_COMPUTE, secret, NULL, 0L, &how);
  CALL (keyctl, KEYCTL_PKEY_QUERY, 77, 0L, "x=y", buffer);
  CALL (keyctl, KEYCTL_REJECT, 0L, 0L, 0L, 0L);
  for (i = 0; i < 4; i++)
    {
      CALL (keyctl, commands[i], &params, "x=y", "bytes", "more");
      params.__spare[i] = i;
      CALL (keyctl, commands[i], NULL, NULL, "bytes", "more");
    }
}

/* Each with nothing, with numbers, and with the same where the kernel reads them.  */
static void
ask (unsigned int command)
{
  CALL (ioctl, -1, command, NULL);
  CALL (ioctl, -1, command, 1L);
  CALL (ioctl, -1, command, buffer);
}

static void
disks (void)
{
  static const unsigned int commands[] = {
    HDIO_GETGEO, HDIO_GET_DMA, HDIO_GET_NICE, HDIO_GET_BUSSTATE, HDIO_SET_DMA,
    HDIO_SET_NICE, HDIO_SET_BUSSTATE, HDIO_DRIVE_RESET, HDIO_DRIVE_CMD, HDIO_GET_IDENTITY,
    BLKTRACESETUP, SG_SCSI_RESET, SG_GET_REQUEST_TABLE, COUNTER_ADD_WATCH_IOCTL,
    COUNTER_ENABLE_EVENTS_IOCTL, RTC_PARAM_GET, RTC_PARAM_SET,
  };
  static const char starts[] = { 0, 1, 2, 3, 0x20, (char) 0xca };
  unsigned int i, k;

  for (k = 0; k < sizeof starts; k++)
    {
      memset (buffer, 0, sizeof buffer);
      buffer[0] = starts[k];
      buffer[8] = k;
      buffer[20] = k;
      for (i = 0; i < sizeof commands / sizeof *commands; i++)
	ask (commands[i]);
    }
}

static void
chips (void)
{
  struct gpiohandle_request old = { .lineoffsets = { 4, 5 }, .lines = 2, .flags = 3,
				    .consumer_label = "label" };
  struct gpio_v2_line_request new = { .num_lines = 3, .offsets = { 1, 2, 3 },
				      .consumer = "label", .config = { .num_attrs = 3 } };
  unsigned int i;

  for (i = 0; i < 3; i++)
    {
      new.config.attrs[i].attr.id = i + 1;
      new.config.attrs[i].attr.values = 6;
      new.config.attrs[i].mask = i;
    }
  new.config.attrs[0].attr.padding = 1;
  memset (buffer, 0, sizeof buffer);
  strcpy (buffer, "name");
  ask (GPIO_GET_CHIPINFO_IOCTL);
  ask (GPIO_GET_LINEINFO_IOCTL);
  ask (GPIO_GET_LINEEVENT_IOCTL);
  ask (GPIOHANDLE_SET_LINE_VALUES_IOCTL);
  ask (GPIOHANDLE_SET_CONFIG_IOCTL);
  ask (GPIO_V2_GET_LINEINFO_IOCTL);
  ask (GPIO_V2_LINE_GET_VALUES_IOCTL);
  ask (GPIO_V2_LINE_SET_VALUES_IOCTL);
  CALL (ioctl, -1, GPIO_GET_LINEHANDLE_IOCTL, &old);
  CALL (ioctl, -1, GPIO_V2_GET_LINE_IOCTL, &new);
  CALL (ioctl, -1, GPIO_V2_LINE_SET_CONFIG_IOCTL, &new.config);
}

static void
clocks (void)
{
  const struct timespec long_ago[] = { { -123456780123, 1 }, { -70000000000, 0 } };
  struct ptp_perout_request request = { .start = { 1, 2, 0 }, .period = { 3, 4, 5 } };
  unsigned int i;

  memset (buffer, 0, sizeof buffer);
  buffer[0] = 1;
  ask (PTP_CLOCK_GETCAPS);
  ask (PTP_EXTTS_REQUEST);
  ask (PTP_ENABLE_PPS);
  ask (PTP_SYS_OFFSET);
  ask (PTP_SYS_OFFSET_EXTENDED);
  ask (PTP_SYS_OFFSET_PRECISE);
  ask (PTP_PIN_GETFUNC);
  ask (PTP_PIN_SETFUNC);
  ask (PTP_PIN_SETFUNC2);
  for (i = 0; i < 16; i++)
    {
      request.flags = i;
      request.rsv[0] = i;
      CALL (ioctl, -1, PTP_PEROUT_REQUEST, &request);
      CALL (ioctl, -1, PTP_PEROUT_REQUEST2, &request);
    }
  CALL (utimensat, -1, "nothing", long_ago, 0L);
}

static void
inputs (void)
{
  static const int types[] = { FF_CONSTANT, FF_PERIODIC, FF_RAMP, FF_RUMBLE, FF_SPRING, 3 };
  struct ff_effect effect = { .id = -1, .direction = 7, .trigger = { 1, 2 } };
  unsigned int i;

  memset (buffer, 0, sizeof buffer);
  buffer[0] = 9;
  buffer[4] = 30;
  ask (EVIOCGKEYCODE);
  ask (EVIOCSKEYCODE);
  ask (EVIOCSKEYCODE_V2);
  ask (EVIOCSABS (ABS_X));
  ask (EVIOCGABS (ABS_X));
  ask (EVIOCGBIT (EV_KEY, 9));
  ask (EVIOCGKEY (9));
  ask (EVIOCGMTSLOTS (12));
  for (i = 0; i < sizeof types / sizeof *types; i++)
    {
      effect.type = types[i];
      CALL (ioctl, -1, EVIOCSFF, &effect);
    }
}

static void
rings (void)
{
  static const int fds[] = { 0, -1, IORING_REGISTER_FILES_SKIP };
  static const unsigned long tags[] = { 0, 1, -1UL };
  const struct iovec parts[] = { { buffer, 4 }, { buffer + 9, 5 } };
  struct { unsigned int offset, reserved; const void *data, *tags; unsigned int count, end; }
    update = { 4, 0, fds, tags, 3, 0 };
  struct { unsigned int count, flags; unsigned long reserved; const void *data, *tags; }
    all = { 3, 1, 0, fds, tags };
  int i;

  CALL (io_uring_register, -1, IORING_REGISTER_BUFFERS, parts, 2);
  CALL (io_uring_register, -1, IORING_REGISTER_FILES, fds, 3);
  CALL (io_uring_register, -1, IORING_REGISTER_EVENTFD, fds, 1);
  CALL (io_uring_register, -1, IORING_REGISTER_FILES_UPDATE, &update, 3);
  CALL (io_uring_register, -1, IORING_REGISTER_FILES_UPDATE2, &update, sizeof update);
  CALL (io_uring_register, -1, IORING_REGISTER_FILES2, &all, sizeof all);
  CALL (io_uring_register, -1, IORING_REGISTER_FILES2, &all, sizeof all - 1);
  update.data = all.data = parts;
  update.count = all.count = 2;
  all.flags = 6;
  CALL (io_uring_register, -1, IORING_REGISTER_BUFFERS_UPDATE, &update, sizeof update);
  CALL (io_uring_register, -1, IORING_REGISTER_BUFFERS2, &all, sizeof all);
  memset (buffer, 0, sizeof buffer);
  for (i = 0; i < 6; i++)
    {
      CALL (io_uring_register, -1, IORING_REGISTER_PROBE, buffer, i);
      CALL (io_uring_register, -1, IORING_REGISTER_RESTRICTIONS, buffer, i);
      CALL (io_uring_register, -1, IORING_REGISTER_IOWQ_AFF, buffer, i);
      CALL (io_uring_register, -1, IORING_REGISTER_IOWQ_MAX_WORKERS, buffer, i);
      CALL (io_uring_register, -1, IORING_REGISTER_RING_FDS, buffer, i);
      CALL (io_uring_register, -1, IORING_UNREGISTER_RING_FDS, buffer, i);
      CALL (io_uring_register, -1, IORING_REGISTER_PBUF_RING, buffer, i);
      CALL (io_uring_register, -1, IORING_REGISTER_PROBE, NULL, i);
      buffer[i] = i;
      buffer[20 + i] = i;
    }
  CALL (io_uring_register, -1, IORING_UNREGISTER_FILES, buffer, 3);
  CALL (io_uring_register, -1, 200, buffer, 3);
}

/* Of a process that can't be.  */
static void
events (void)
{
  static const struct { unsigned int type; unsigned long config; } what[] = {
    { PERF_TYPE_HARDWARE, 3 }, { PERF_TYPE_HARDWARE, 0x500000063 }, { PERF_TYPE_SOFTWARE, 4 },
    { PERF_TYPE_TRACEPOINT, 77 }, { PERF_TYPE_HW_CACHE, 0x10203 }, { PERF_TYPE_RAW, 77 },
    { PERF_TYPE_HW_CACHE, 0x7000302 }, { PERF_TYPE_BREAKPOINT, 1 }, { 9, 9 },
  };
  struct perf_event_attr event;
  unsigned int i;

  for (i = 0; i < sizeof what / sizeof *what; i++)
    {
      memset (&event, 0, sizeof event);
      event.type = what[i].type;
      event.config = what[i].config;
      event.size = i == 8 ? 200 : 64 + 8 * i;
      event.sample_type = 1 << i | PERF_SAMPLE_STACK_USER;
      event.read_format = i;
      event.freq = event.use_clockid = event.watermark = i & 1;
      event.exclude_kernel = 1;
      event.precise_ip = i & 3;
      event.bp_type = i;
      event.sample_regs_user = i;
      if (i < 8)
	CALL (ioctl, -1, PERF_EVENT_IOC_MODIFY_ATTRIBUTES, &event);
      CALL (perf_event_open, &event, -100, -1, -1, 8L);
    }
  event.size = 3;
  CALL (perf_event_open, &event, -100, -1, -1, 0L);
  CALL (perf_event_open, NULL, -100, -1, -1, 0L);
  CALL (ioctl, -1, PERF_EVENT_IOC_MODIFY_ATTRIBUTES, NULL);
  ask (PERF_EVENT_IOC_QUERY_BPF);
}

/* One more than the kernel looks at.  */
static void
waiters (void)
{
  static struct futex_waitv all[129];

  CALL (futex_waitv, all, 129, 1L, NULL, 0L);
  CALL (futex_waitv, all, 128, 1L, NULL, 0L);
  CALL (futex_waitv, all, 2, 1L, NULL, 0L);
}

int
main (void)
{
  addresses ();
  quotas ();
  keys ();
  disks ();
  chips ();
  clocks ();
  inputs ();
  rings ();
  events ();
  waiters ();
  return 0;
}
