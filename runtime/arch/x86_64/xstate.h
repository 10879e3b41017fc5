/* How the thunk keeps x87, vector and whatever other state the CPU has.

   SPDX-License-Identifier: LGPL-2.1-or-later

   XSAVE and XRSTOR do it all, but take longer than a short system call.  So
   where the CPU says what is in use, that is, not in its initial configuration
   (XINUSE: Intel SDM volume 1, 13.6), moves save the vector registers, and
   FXSAVE those of x87 if they are in use.  What the handler has put to use is
   made initial again by XRSTOR.  Other components take XSAVE after all.

   Reading XINUSE takes time too, but can overlap with stores.  So the registers
   of the components in __pure_xstate_seen, which were in use at some site
   before, are stored first.

   The area that is saved to is aligned to 64 bytes.  Moves fill it with xmm0
   to xmm15 or ymm0 to ymm15, 32 bytes each, and then, at the offsets below, the
   upper halves of zmm0 to zmm15, zmm16 to zmm31, and k0 to k7: no more than
   XSAVE fills.  FXSAVE's area is another one, before it.  */

#ifndef PURE_XSTATE_H
#define PURE_XSTATE_H 1

/* What there is: __pure_xstate_kind.  */
#define XSTATE_UNKNOWN	0
#define XSTATE_FXSAVE	1
#define XSTATE_XSAVE	2
#define XSTATE_XSAVEC	3
#define XSTATE_MOVES	4	/* XSAVEC, and XINUSE can be read */

/* The components' bits.  */
#define XSTATE_X87	0x1
#define XSTATE_SSE	0x2
#define XSTATE_AVX	0x4
#define XSTATE_OPMASK	0x20
#define XSTATE_ZMM_HI256 0x40
#define XSTATE_HI16_ZMM	0x80
#define XSTATE_PKRU	0x200
#define XSTATE_AVX512	(XSTATE_OPMASK | XSTATE_ZMM_HI256 | XSTATE_HI16_ZMM)

/* System calls change PKRU (pkey_alloc), so it is not saved.  All but that:
   the mask in edx:eax.  */
#define XSTATE_MASK_LOW	0xfffffdff
#define XSTATE_MASK_HIGH 0xffffffff

/* Of those that don't take XSAVE: what is stored in any case or not by moves,
   and what moves store if it is in use.  */
#define XSTATE_NOT_MOVED (XSTATE_X87 | XSTATE_SSE | XSTATE_PKRU)
#define XSTATE_MOVED	(XSTATE_AVX | XSTATE_AVX512)

/* In an XSAVE area: the header, and in that, the components in use.  */
#define XSAVE_HEADER	512
#define XSAVE_MIN_SIZE	576

/* Around and in an area that moves fill.  */
#define AREA_ALIGN	64
#define AREA_FXSAVE	-512
#define AREA_ZMM_HI256	512
#define AREA_HI16_ZMM	1024
#define AREA_OPMASK	2048

#ifdef __ASSEMBLER__

/* XINUSE to rax.  Destroys rcx and rdx.  */
	.macro	read_in_use
	movl	$1, %ecx
	xgetbv
	shlq	$32, %rdx
	orq	%rdx, %rax
	.endm

/* Store the vector registers of the components in MASK, a 32-bit register.  */
	.macro	store_vectors area, mask
	testl	$XSTATE_AVX, \mask
	jnz	.Lavx\@
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	movaps	%xmm\n, 32 * \n(\area)
	.endr
	jmp	.Lzmm_hi256\@
.Lavx\@:
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	vmovaps	%ymm\n, 32 * \n(\area)
	.endr
.Lzmm_hi256\@:
	testl	$XSTATE_ZMM_HI256, \mask
	jz	.Lhi16_zmm\@
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	vextractf64x4 $1, %zmm\n, AREA_ZMM_HI256 + 32 * \n(\area)
	.endr
.Lhi16_zmm\@:
	testl	$XSTATE_HI16_ZMM, \mask
	jz	.Lopmask\@
	.irp	n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	vmovaps	%zmm\n, AREA_HI16_ZMM + 64 * (\n - 16)(\area)
	.endr
.Lopmask\@:
	testl	$XSTATE_OPMASK, \mask
	jz	.Lstored\@
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	kmovq	%k\n, AREA_OPMASK + 8 * \n(\area)
	.endr
.Lstored\@:
	.endm

/* And load them.  */
	.macro	load_vectors area, mask
	testl	$XSTATE_AVX, \mask
	jnz	.Lavx\@
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	movaps	32 * \n(\area), %xmm\n
	.endr
	jmp	.Lzmm_hi256\@
.Lavx\@:
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	vmovaps	32 * \n(\area), %ymm\n
	.endr
.Lzmm_hi256\@:
	testl	$XSTATE_ZMM_HI256, \mask
	jz	.Lhi16_zmm\@
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	vinsertf64x4 $1, AREA_ZMM_HI256 + 32 * \n(\area), %zmm\n, %zmm\n
	.endr
.Lhi16_zmm\@:
	testl	$XSTATE_HI16_ZMM, \mask
	jz	.Lopmask\@
	.irp	n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	vmovaps	AREA_HI16_ZMM + 64 * (\n - 16)(\area), %zmm\n
	.endr
.Lopmask\@:
	testl	$XSTATE_OPMASK, \mask
	jz	.Lloaded\@
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	kmovq	AREA_OPMASK + 8 * \n(\area), %k\n
	.endr
.Lloaded\@:
	.endm

#endif /* __ASSEMBLER__ */
#endif /* xstate.h */
