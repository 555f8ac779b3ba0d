#ifndef CLONED_H
#define CLONED_H

/* A function compiled twice, for AVX2 and for any x86-64; the loader picks the one the machine can run. */
#if defined(__x86_64__) && defined(__linux__)
#define CLONED __attribute__((target_clones("avx2", "default")))
#else
#define CLONED
#endif

#endif
