#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "assay_linux.h"

// What decoding, the Swift runtime, glibc and an orderly crash need, and nothing that opens, connects or executes.
static const int allowed_calls[] = {
    // bytes through descriptors it was given
    SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(readv), SCMP_SYS(writev), SCMP_SYS(pread64), SCMP_SYS(pwrite64),
    SCMP_SYS(sendmsg), SCMP_SYS(recvmsg), SCMP_SYS(sendto), SCMP_SYS(recvfrom), SCMP_SYS(poll), SCMP_SYS(ppoll),
    SCMP_SYS(close), SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(lseek), SCMP_SYS(ftruncate), SCMP_SYS(fcntl),
    SCMP_SYS(dup), SCMP_SYS(fadvise64),
    // memory
    SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk),
    // threads, time, randomness
    SCMP_SYS(futex), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity),
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep), SCMP_SYS(gettimeofday),
    SCMP_SYS(getrandom), SCMP_SYS(restart_syscall),
    // its own limits and its own end
    SCMP_SYS(getrlimit), SCMP_SYS(setrlimit), SCMP_SYS(getrusage), SCMP_SYS(getpid),
    SCMP_SYS(gettid), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack), SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(uname), SCMP_SYS(sysinfo),
};

// What the dynamic loader needs on top.
static const int loader_calls[] = {
    SCMP_SYS(openat), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink),
    SCMP_SYS(readlinkat), SCMP_SYS(stat), SCMP_SYS(statx), SCMP_SYS(getcwd), SCMP_SYS(open), SCMP_SYS(memfd_create),
};

static bool allow(scmp_filter_ctx filter, const int *calls, size_t count) {
  bool complete = true;
  for (size_t i = 0; i < count; i++) {
    // A call that this architecture does not have cannot be made, and needs no rule.
    if (calls[i] < 0) continue;
    complete &= seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) == 0;
  }
  return complete;
}

// Calls that are allowed of itself only, and memory that is never code, or in a loader never both written and run.
static bool allow_in_part(scmp_filter_ctx filter, bool loads_libraries) {
  const scmp_datum_t self = (scmp_datum_t)getpid();
  const scmp_datum_t forbidden = loads_libraries ? PROT_EXEC | PROT_WRITE : PROT_EXEC;
  bool complete = true;
  // A loader gives up running new code once it has loaded; a filter can only take away.
  if (loads_libraries)
    complete &= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(seccomp), 2,
                                 SCMP_A0(SCMP_CMP_EQ, SECCOMP_SET_MODE_FILTER), SCMP_A1(SCMP_CMP_EQ, 0)) == 0;
  complete &= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, self)) == 0;
  complete &= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, SCMP_A0(SCMP_CMP_EQ, 0)) == 0;
  complete &= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, SCMP_A0(SCMP_CMP_EQ, self)) == 0;
  // What is asked for may lack any of the forbidden bits: one rule for each that it lacks.
  for (scmp_datum_t bit = 1; bit <= forbidden; bit <<= 1) {
    if (!(forbidden & bit)) continue;
    complete &= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, bit, 0)) == 0;
    complete &=
        seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, bit, 0)) == 0;
  }
  return complete;
}

#define LENGTH(array) (sizeof array / sizeof array[0])

static bool install_filter(bool loads_libraries) {
  // EPERM and not a kill: a library that probes for a file gets an answer it can handle.
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
  if (!filter) return false;
  bool complete = allow(filter, allowed_calls, LENGTH(allowed_calls));
  complete &= allow_in_part(filter, loads_libraries);
  if (loads_libraries) complete &= allow(filter, loader_calls, LENGTH(loader_calls));
  bool loaded = complete && seccomp_load(filter) == 0;
  seccomp_release(filter);
  return loaded;
}

static void grant_reading(int ruleset, const char *path) {
  int folder = open(path, O_PATH | O_CLOEXEC);
  if (folder < 0) return;
  struct landlock_path_beneath_attr rule = {
      .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE, .parent_fd = folder};
  syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  close(folder);
}

// A Landlock ruleset that handles file access and grants none, or only the reading of system libraries.
static bool forbid_files(bool loads_libraries) {
  struct landlock_ruleset_attr ruleset = {
      .handled_access_fs = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE |
                           LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
                           LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                           LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_SYM |
                           LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                           LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_CHAR,
  };
  int descriptor = (int)syscall(SYS_landlock_create_ruleset, &ruleset, sizeof ruleset, 0);
  if (descriptor < 0) return false;
  if (loads_libraries) {
    static const char *const libraries[] = {"/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache"};
    for (size_t i = 0; i < LENGTH(libraries); i++) grant_reading(descriptor, libraries[i]);
  }
  bool restricted = syscall(SYS_landlock_restrict_self, descriptor, 0) == 0;
  close(descriptor);
  return restricted;
}

// RLIMIT_DATA and not RLIMIT_AS: address space is reserved generously by the allocator and by mapped archives.
static uint64_t limit_data(uint64_t bytes) {
  struct rlimit limit = {.rlim_cur = bytes, .rlim_max = bytes};
  return bytes > 0 && setrlimit(RLIMIT_DATA, &limit) == 0 ? bytes : 0;
}

static assay_sandbox_t enter(uint64_t data_limit, bool loads_libraries) {
  assay_sandbox_t sandbox = {0};
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  sandbox.data_limit = limit_data(data_limit);
  sandbox.no_new_privileges = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  sandbox.no_files = sandbox.no_new_privileges && forbid_files(loads_libraries);
  sandbox.system_call_filter = sandbox.no_new_privileges && install_filter(loads_libraries);
  return sandbox;
}

assay_sandbox_t assay_enter_sandbox(uint64_t data_limit) { return enter(data_limit, false); }

assay_sandbox_t assay_enter_plugin_sandbox(uint64_t data_limit) { return enter(data_limit, true); }

bool assay_forbid_new_code(void) {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (!filter) return false;
  const struct scmp_arg_cmp runnable = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC);
  // That there are no new privileges has been said, and the call that says it is not allowed any more.
  bool complete = seccomp_attr_set(filter, SCMP_FLTATR_CTL_NNP, 0) == 0;
  complete &= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(mmap), 1, runnable) == 0;
  complete &= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(mprotect), 1, runnable) == 0;
  bool loaded = complete && seccomp_load(filter) == 0;
  seccomp_release(filter);
  return loaded;
}

uint64_t assay_raise_file_limit(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  return (uint64_t)limit.rlim_cur;
}

int assay_limit_cpu(uint64_t seconds) {
  struct rusage usage;
  if (getrusage(RUSAGE_SELF, &usage) != 0) return -1;
  struct rlimit limit;
  if (getrlimit(RLIMIT_CPU, &limit) != 0) return -1;
  limit.rlim_cur = (rlim_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + 1 + seconds;
  return setrlimit(RLIMIT_CPU, &limit);
}
