/*
 * kit: System V's message queues, semaphores and shared memory; POSIX's message
 * queues.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <mqueue.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

#include "show.h"

KIT_FLAGS(ipcprivate);
KIT_FLAGS(mqflags);
KIT_FLAGS(msgflg);
KIT_FLAGS(sem);
KIT_FLAGS(shmflg);

/* Old programs say so of the commands' structs. */
#define IPC_64 0x100

/* <linux/shm.h> doesn't go with <sys/shm.h>. */
#ifndef SHM_HUGE_SHIFT
#define SHM_HUGE_SHIFT 26
#define SHM_HUGE_MASK 0x3f
#endif

void kit_show_key(struct pure_show *show, int i)
{
	kit_put_one(show, &kit_flags_ipcprivate,
		    (unsigned int)show->arguments[i]);
}

static void put_flags_and_mode(struct pure_show *show,
			       const struct kit_flags *set, unsigned int flags)
{
	const unsigned int mode = 0777;

	if (flags & ~mode) {
		kit_put_flags(show, set, flags & ~mode);
		pure_put_char(show->text, '|');
	}
	kit_put_mode(show, flags & mode);
}

void kit_show_shmflg(struct pure_show *show, int i)
{
	const unsigned int flags = (unsigned int)show->arguments[i];
	const unsigned int mask = (unsigned int)SHM_HUGE_MASK << SHM_HUGE_SHIFT;

	if (!(flags & mask)) {
		put_flags_and_mode(show, &kit_flags_shmflg, flags);
		return;
	}
	/* The size of huge pages is a part of them. */
	if (flags & ~mask & ~0777U) {
		kit_put_flags(show, &kit_flags_shmflg, flags & ~mask & ~0777U);
		pure_put_char(show->text, '|');
	}
	pure_put_unsigned(show->text, (flags & mask) >> SHM_HUGE_SHIFT);
	pure_put(show->text, "<<");
	kit_put_named_int(show, SHM_HUGE_SHIFT, "SHM_HUGE_SHIFT");
	pure_put_char(show->text, '|');
	kit_put_mode(show, flags & 0777);
}

void kit_show_msgflg(struct pure_show *show, int i)
{
	put_flags_and_mode(show, &kit_flags_msgflg,
			   (unsigned int)show->arguments[i]);
}

static void put_id(struct pure_show *show, const char *name, unsigned int id)
{
	kit_put_name(show, name);
	kit_put_id(show, id);
}

/* Of what is set by IPC_SET, and of what is asked for. */
static void put_permissions(struct pure_show *show, const char *name,
			    const struct ipc_perm *p, bool set)
{
	kit_put_name(show, name);
	pure_put_char(show->text, '{');
	put_id(show, "uid", p->uid);
	put_id(show, "gid", p->gid);
	kit_put_name(show, "mode");
	kit_put_mode(show, p->mode);
	if (!set) {
		kit_put_unsigned(show, "key", (unsigned int)p->__key);
		put_id(show, "cuid", p->cuid);
		put_id(show, "cgid", p->cgid);
	}
	pure_put_char(show->text, '}');
}

static void put_queue(struct pure_show *show, unsigned long address, bool set)
{
	struct msqid_ds q;

	if (!kit_fetch(show, &q, address, sizeof(q)))
		return;
	pure_put_char(show->text, '{');
	put_permissions(show, "msg_perm", &q.msg_perm, set);
	if (!set) {
		kit_put_unsigned(show, "msg_stime", q.msg_stime);
		kit_put_unsigned(show, "msg_rtime", q.msg_rtime);
		kit_put_unsigned(show, "msg_ctime", q.msg_ctime);
		kit_put_unsigned(show, "msg_qnum", q.msg_qnum);
	}
	kit_put_unsigned(show, "msg_qbytes", q.msg_qbytes);
	if (!set) {
		kit_put_signed(show, "msg_lspid", q.msg_lspid);
		kit_put_signed(show, "msg_lrpid", q.msg_lrpid);
	}
	pure_put_char(show->text, '}');
}

static void put_queues(struct pure_show *show, unsigned long address)
{
	struct msginfo m;

	if (!kit_fetch(show, &m, address, sizeof(m)))
		return;
	pure_put_char(show->text, '{');
	kit_put_signed(show, "msgpool", m.msgpool);
	kit_put_signed(show, "msgmap", m.msgmap);
	kit_put_signed(show, "msgmax", m.msgmax);
	kit_put_signed(show, "msgmnb", m.msgmnb);
	kit_put_signed(show, "msgmni", m.msgmni);
	kit_put_signed(show, "msgssz", m.msgssz);
	kit_put_signed(show, "msgtql", m.msgtql);
	kit_put_unsigned(show, "msgseg", m.msgseg);
	pure_put_char(show->text, '}');
}

static void put_semaphores(struct pure_show *show, unsigned long address,
			   bool set)
{
	struct semid_ds s;

	if (!kit_fetch(show, &s, address, sizeof(s)))
		return;
	pure_put_char(show->text, '{');
	put_permissions(show, "sem_perm", &s.sem_perm, set);
	if (!set) {
		kit_put_unsigned(show, "sem_otime", s.sem_otime);
		kit_put_unsigned(show, "sem_ctime", s.sem_ctime);
		kit_put_unsigned(show, "sem_nsems", s.sem_nsems);
	}
	pure_put_char(show->text, '}');
}

static void put_all_semaphores(struct pure_show *show, unsigned long address)
{
	struct seminfo s;

	if (!kit_fetch(show, &s, address, sizeof(s)))
		return;
	pure_put_char(show->text, '{');
	kit_put_signed(show, "semmap", s.semmap);
	kit_put_signed(show, "semmni", s.semmni);
	kit_put_signed(show, "semmns", s.semmns);
	kit_put_signed(show, "semmnu", s.semmnu);
	kit_put_signed(show, "semmsl", s.semmsl);
	kit_put_signed(show, "semopm", s.semopm);
	kit_put_signed(show, "semume", s.semume);
	kit_put_signed(show, "semusz", s.semusz);
	kit_put_signed(show, "semvmx", s.semvmx);
	kit_put_signed(show, "semaem", s.semaem);
	pure_put_char(show->text, '}');
}

static void put_segment(struct pure_show *show, unsigned long address, bool set)
{
	struct shmid_ds s;

	if (!kit_fetch(show, &s, address, sizeof(s)))
		return;
	pure_put_char(show->text, '{');
	put_permissions(show, "shm_perm", &s.shm_perm, set);
	if (!set) {
		kit_put_unsigned(show, "shm_segsz", s.shm_segsz);
		kit_put_signed(show, "shm_cpid", s.shm_cpid);
		kit_put_signed(show, "shm_lpid", s.shm_lpid);
		kit_put_unsigned(show, "shm_nattch", s.shm_nattch);
		kit_put_unsigned(show, "shm_atime", s.shm_atime);
		kit_put_unsigned(show, "shm_dtime", s.shm_dtime);
		kit_put_unsigned(show, "shm_ctime", s.shm_ctime);
	}
	pure_put_char(show->text, '}');
}

static void put_limits(struct pure_show *show, unsigned long address)
{
	struct shminfo s;

	if (!kit_fetch(show, &s, address, sizeof(s)))
		return;
	pure_put_char(show->text, '{');
	kit_put_unsigned(show, "shmmax", s.shmmax);
	kit_put_unsigned(show, "shmmin", s.shmmin);
	kit_put_unsigned(show, "shmmni", s.shmmni);
	kit_put_unsigned(show, "shmseg", s.shmseg);
	kit_put_unsigned(show, "shmall", s.shmall);
	pure_put_char(show->text, '}');
}

static void put_segments(struct pure_show *show, unsigned long address)
{
	struct shm_info s;

	if (!kit_fetch(show, &s, address, sizeof(s)))
		return;
	pure_put_char(show->text, '{');
	kit_put_signed(show, "used_ids", s.used_ids);
	kit_put_unsigned(show, "shm_tot", s.shm_tot);
	kit_put_unsigned(show, "shm_rss", s.shm_rss);
	kit_put_unsigned(show, "shm_swp", s.shm_swp);
	kit_put_unsigned(show, "swap_attempts", s.swap_attempts);
	kit_put_unsigned(show, "swap_successes", s.swap_successes);
	pure_put_char(show->text, '}');
}

/* A call's command is in front of its struct. */
static int command(const struct pure_show *show)
{
	return (int)show->arguments[show->call->count - 2] & ~IPC_64;
}

bool kit_ipc_asks(const struct pure_show *show)
{
	switch (show->number) {
	case SYS_msgctl:
		return command(show) == MSG_STAT || command(show) == MSG_INFO ||
		       command(show) == MSG_STAT_ANY ||
		       command(show) == IPC_STAT || command(show) == IPC_INFO;
	case SYS_semctl:
		return command(show) == SEM_STAT || command(show) == SEM_INFO ||
		       command(show) == SEM_STAT_ANY ||
		       command(show) == IPC_STAT || command(show) == IPC_INFO;
	default:
		return command(show) == SHM_STAT || command(show) == SHM_INFO ||
		       command(show) == SHM_STAT_ANY ||
		       command(show) == IPC_STAT || command(show) == IPC_INFO;
	}
}

/* What a command that asks gets, or what IPC_SET sets. */
static void put_struct(struct pure_show *show, unsigned long address)
{
	const int asked = command(show);
	const bool set = asked == IPC_SET;

	switch (show->number) {
	case SYS_msgctl:
		if (asked == IPC_INFO || asked == MSG_INFO)
			put_queues(show, address);
		else
			put_queue(show, address, set);
		break;
	case SYS_semctl:
		if (asked == IPC_INFO || asked == SEM_INFO)
			put_all_semaphores(show, address);
		else
			put_semaphores(show, address, set);
		break;
	default:
		if (asked == IPC_INFO)
			put_limits(show, address);
		else if (asked == SHM_INFO)
			put_segments(show, address);
		else
			put_segment(show, address, set);
	}
}

void kit_show_ipcarg(struct pure_show *show, int i)
{
	const bool asks = kit_ipc_asks(show);

	if ((asks && !kit_failed(show)) || command(show) == IPC_SET)
		put_struct(show, show->arguments[i]);
	else
		kit_put_address(show, show->arguments[i]);
}

void kit_put_msgbuf_at(struct pure_show *show, unsigned long address, int i)
{
	long type;

	if (!kit_fetch(show, &type, address, sizeof(type)))
		return;
	pure_put_char(show->text, '{');
	kit_put_signed(show, "mtype", type);
	kit_put_name(show, "mtext");
	kit_put_memory(show, address + sizeof(type), kit_size(show, i));
	pure_put_char(show->text, '}');
}

static void put_sembuf(struct pure_show *show, const void *element)
{
	const struct sembuf *operation = element;

	pure_put_char(show->text, '{');
	kit_put_unsigned(show, "sem_num", operation->sem_num);
	kit_put_signed(show, "sem_op", operation->sem_op);
	pure_put(show->text, ", sem_flg=");
	kit_put_flags(show, &kit_flags_sem, (unsigned short)operation->sem_flg);
	pure_put_char(show->text, '}');
}

void kit_put_sembufs_at(struct pure_show *show, unsigned long address, int i)
{
	kit_put_array(show, address, kit_size(show, i), sizeof(struct sembuf),
		      put_sembuf);
}

/* No path, though it begins as one. */
void kit_show_mqname(struct pure_show *show, int i)
{
	kit_put_path(show, show->arguments[i], PATH_MAX - 1);
}

static void put_attributes(struct pure_show *show, unsigned long address,
			   bool flags)
{
	struct mq_attr a;

	if (!kit_fetch(show, &a, address, sizeof(a)))
		return;
	pure_put_char(show->text, '{');
	kit_put_name(show, "mq_flags");
	if (flags)
		kit_put_flags(show, &kit_flags_mqflags, a.mq_flags);
	else
		pure_put_hex(show->text, a.mq_flags);
	kit_put_signed(show, "mq_maxmsg", a.mq_maxmsg);
	kit_put_signed(show, "mq_msgsize", a.mq_msgsize);
	kit_put_signed(show, "mq_curmsgs", a.mq_curmsgs);
	pure_put_char(show->text, '}');
}

void kit_put_mqattr_at(struct pure_show *show, unsigned long address, int i)
{
	(void)i;
	put_attributes(show, address, true);
}

/* Only what makes a queue has some. */
void kit_show_mqattr(struct pure_show *show, int i)
{
	if (show->arguments[1] & O_CREAT)
		put_attributes(show, show->arguments[i], false);
}
