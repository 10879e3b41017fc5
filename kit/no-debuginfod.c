/*
 * kit: an empty library that stands for libdebuginfod.
 *
 * libdw up to 0.188 loads that one as it starts, whether it will be asked
 * anything or not, and with it some 25 others, which open sockets. It finds
 * this one instead, which is already there by that name (modules.c), and none
 * of the functions in it, and does without.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
const char pure_no_debuginfod[] = "nothing is asked for over the network";
