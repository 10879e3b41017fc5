/* A program that sends netlink's messages of many kinds, which the kernel leaves alone:
   calls.sh compares the lines with strace's.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <arpa/inet.h>
#include <linux/if.h>
#include <linux/fib_rules.h>
#include <linux/if_link.h>
#include <linux/inet_diag.h>
#include <linux/neighbour.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct
{
  struct nlmsghdr header;
  char data[400];
} message;

static void
begin (int type, int flags, const void *head, size_t size)
{
  memset (&message, 0, sizeof message);
  message.header = (struct nlmsghdr){ NLMSG_LENGTH (size), type, flags, 7, 0 };
  memcpy (message.data, head, size);
}

static void
add (int type, const void *value, size_t size)
{
  char *at = (char *) &message + NLMSG_ALIGN (message.header.nlmsg_len);
  struct nlattr attribute = { NLA_HDRLEN + size, type };

  memcpy (at, &attribute, sizeof attribute);
  memcpy (at + NLA_HDRLEN, value, size);
  message.header.nlmsg_len
    = NLMSG_ALIGN (message.header.nlmsg_len) + NLA_ALIGN (attribute.nla_len);
}

static void
send_it (int protocol)
{
  int fd = socket (AF_NETLINK, SOCK_RAW, protocol);
  struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
  struct iovec vector = { &message, message.header.nlmsg_len };
  struct msghdr all = { .msg_name = &kernel,
                        .msg_namelen = sizeof kernel,
                        .msg_iov = &vector,
                        .msg_iovlen = 1 };

  /* strace knows those of a socket that is bound only.  */
  bind (fd, (struct sockaddr *) &kernel, sizeof kernel);
  sendto (fd, &message, message.header.nlmsg_len, MSG_DONTWAIT, NULL, 0);
  sendto (fd, &message, 24, MSG_DONTWAIT, NULL, 0);
  sendmsg (fd, &all, MSG_DONTWAIT);
  close (fd);
}

static void
links (void)
{
  static const struct
  {
    struct nlattr kind;
    char name[8];
    struct nlattr data, time;
    int ticks;
  } bridge = { { 12, IFLA_INFO_KIND }, "bridge", { 12, IFLA_INFO_DATA },
               { 8, IFLA_BR_HELLO_TIME }, 150 };
  const struct ifinfomsg head = { AF_UNSPEC, 0, 1, 1, IFF_UP, 0 };

  begin (RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &head, sizeof head);
  add (IFLA_IFNAME, "a\"b", 4);
  add (IFLA_ADDRESS, "\1\2\3\4\5\6", 6);
  add (IFLA_MTU, &(int){ 1500 }, 4);
  add (IFLA_LINKINFO | NLA_F_NESTED, &bridge, sizeof bridge);
  add (IFLA_STATS, &(struct rtnl_link_stats){ .rx_packets = 5 }, sizeof (struct rtnl_link_stats));
  add (500, "xyz", 3);
  send_it (NETLINK_ROUTE);
}

static void
addresses (void)
{
  const struct ifaddrmsg v4 = { AF_INET, 8, IFA_F_PERMANENT, RT_SCOPE_HOST, 1 };
  const struct ifaddrmsg v6 = { AF_INET6, 8, 0, 77, 1 };
  const struct ifa_cacheinfo cache = { 1, 2, 3, 4 };

  begin (RTM_DELADDR, NLM_F_NONREC, &v4, sizeof v4);
  add (IFA_ADDRESS, &(struct in_addr){ htonl (0x7f000001) }, 4);
  add (IFA_CACHEINFO, &cache, sizeof cache);
  add (IFA_CACHEINFO, &cache, 3);
  send_it (NETLINK_ROUTE);
  begin (RTM_GETADDR, NLM_F_DUMP, &v6, sizeof v6);
  add (IFA_ADDRESS, &in6addr_loopback, 16);
  add (IFA_ADDRESS, "12345", 5);
  send_it (NETLINK_ROUTE);
}

static void
routes (void)
{
  static const struct
  {
    struct rtnexthop hop;
    struct nlattr gateway;
    struct in_addr address;
  } hops[2] = { { { 16, RTNH_F_ONLINK, 1, 1 }, { 8, RTA_GATEWAY }, { 5 } },
                { { 16, 0, 2, 1 }, { 8, RTA_OIF }, { 1 } } };
  const struct rtmsg route = { AF_INET, 24, 0, 0, RT_TABLE_MAIN, RTPROT_STATIC,
                               RT_SCOPE_LINK, RTN_UNICAST, RTM_F_CLONED };
  const struct ndmsg neighbour = { .ndm_family = AF_INET,
                                   .ndm_ifindex = 1,
                                   .ndm_state = NUD_STALE | NUD_PROBE,
                                   .ndm_flags = NTF_PROXY };
  const struct fib_rule_hdr rule = { .family = AF_INET, .table = 254, .flags = 2 };
  const struct tcmsg queue = { .tcm_family = AF_UNSPEC, .tcm_ifindex = 1 };

  begin (RTM_NEWROUTE, NLM_F_CREATE, &route, sizeof route);
  add (RTA_MULTIPATH, hops, sizeof hops);
  add (RTA_TABLE, &(int){ 254 }, 4);
  send_it (NETLINK_ROUTE);
  begin (RTM_NEWNEIGH, NLM_F_REPLACE, &neighbour, sizeof neighbour);
  add (NDA_LLADDR, "\1\2\3\4\5\6", 6);
  send_it (NETLINK_ROUTE);
  begin (RTM_GETRULE, NLM_F_ROOT, &rule, sizeof rule);
  add (FRA_PRIORITY, &(int){ 5 }, 4);
  send_it (NETLINK_ROUTE);
  begin (RTM_NEWQDISC, 0, &queue, sizeof queue);
  add (TCA_KIND, "noqueue", 8);
  send_it (NETLINK_ROUTE);
}

static void
others (void)
{
  const struct inet_diag_req_v2 diag = { .sdiag_family = AF_INET6,
                                         .sdiag_protocol = IPPROTO_TCP,
                                         .idiag_ext = 1,
                                         .idiag_states = 1 << 10 };
  const struct unix_diag_msg local = { .udiag_family = AF_UNIX,
                                       .udiag_type = SOCK_STREAM,
                                       .udiag_state = 1 };
  const struct nfgenmsg table = { AF_INET, NFNETLINK_V0, 0 };
  const struct nlmsgerr error = { -2, { 16, RTM_GETLINK, NLM_F_REQUEST, 1, 0 } };

  begin (SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST | NLM_F_DUMP, &diag, sizeof diag);
  send_it (NETLINK_SOCK_DIAG);
  begin (SOCK_DIAG_BY_FAMILY, NLM_F_MULTI, &local, sizeof local);
  add (UNIX_DIAG_NAME, "/run/a", 6);
  add (UNIX_DIAG_MEMINFO, (int[4]){ 1, 2, 3, 4 }, 16);
  send_it (NETLINK_SOCK_DIAG);
  begin (NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_GETTABLE, NLM_F_DUMP, &table, sizeof table);
  add (1, "filter", 7);
  send_it (NETLINK_NETFILTER);
  begin (NLMSG_ERROR, NLM_F_CAPPED, &error, sizeof error);
  add (NLMSGERR_ATTR_MSG, "no", 3);
  send_it (NETLINK_ROUTE);
  begin (NLMSG_DONE, NLM_F_MULTI, &(int){ 3 }, 4);
  send_it (NETLINK_GENERIC);
  begin (1005, NLM_F_REQUEST, "text", 4);
  message.header.nlmsg_flags = 0;
  send_it (NETLINK_AUDIT);
  begin (77, 0, "text", 4);
  send_it (NETLINK_USERSOCK);
}

/* Messages that are wrong with one another.  */
static void
blame (void)
{
  static struct nlmsgerr errors[4000];
  int fd = socket (AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);

  for (int i = 0; i < 4000; i++)
    {
      errors[i].error = -1;
      errors[i].msg.nlmsg_len = (4000 - i) * sizeof *errors;
      errors[i].msg.nlmsg_type = NLMSG_ERROR;
    }
  sendto (fd, &errors[0].msg, errors[0].msg.nlmsg_len - 4, MSG_DONTWAIT, NULL, 0);
}

/* Attributes that are in one another, as many as a message has room for.  */
static void
nest (void)
{
  static struct
  {
    struct nlmsghdr header;
    struct ifinfomsg link;
    struct nlattr all[16000];
  } deep = { { sizeof deep, RTM_NEWLINK, 0, 1, 0 }, { .ifi_index = 1 }, { { 0, 0 } } };
  int fd = socket (AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);

  for (int i = 0; i < 16000; i++)
    deep.all[i] = (struct nlattr){ (16000 - i) * 4, IFLA_PROP_LIST };
  sendto (fd, &deep, sizeof deep, MSG_DONTWAIT, NULL, 0);
}

int
main (int argc, char **argv)
{
  if (argc > 1 && strcmp (argv[1], "deep") == 0)
    {
      nest ();
      blame ();
      return 0;
    }
  links ();
  addresses ();
  routes ();
  others ();
  return 0;
}
