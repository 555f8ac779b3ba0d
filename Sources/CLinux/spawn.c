#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "assay_linux.h"

extern char **environ;

// A worker inherits no secret and no setting: C.UTF-8 for file names in archives, and Swift's backtracer off, because it
// outlives the crashed process and holds its pipes.
static char *const worker_environment[] = {"LC_ALL=C.UTF-8", "SWIFT_BACKTRACE=enable=no", "MALLOC_ARENA_MAX=1", NULL};

static pid_t spawn(const char *path, char *const arguments[], char *const environment[],
                   posix_spawn_file_actions_t *actions) {
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  // A group of its own: Ctrl-C reaches the coordinator, which ends its workers in order.
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  pid_t process = -1;
  int failure = posix_spawn(&process, path, actions, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(actions);
  if (failure == 0) return process;
  errno = failure;
  return -1;
}

pid_t assay_spawn_worker(const char *path, const char *role, int control, int errors) {
  // Both are moved above 3 first: dup2 onto a descriptor that is still to be copied would lose it.
  int high_control = fcntl(control, F_DUPFD_CLOEXEC, 10);
  int high_errors = fcntl(errors, F_DUPFD_CLOEXEC, 10);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, high_errors, 2);
  posix_spawn_file_actions_adddup2(&actions, high_control, 3);
  char *const arguments[] = {(char *)"assay-worker", (char *)role, NULL};
  pid_t process = spawn(path, arguments, worker_environment, &actions);
  int kept = errno;
  close(high_control);
  close(high_errors);
  errno = kept;
  return process;
}

// Groups that end with this process, 0 where the place is free. Written by threads, read by the signal handler.
static _Atomic pid_t shells[64];
#define SHELLS (sizeof shells / sizeof shells[0])
// Shells that run and have no place yet. The thread that starts one blocks the signals, so the handler never waits for
// the thread that it interrupted.
static _Atomic int starting;

static void end_shells(int signal_number) {
  const struct timespec moment = {.tv_nsec = 1000000};
  for (int waits = 0; atomic_load(&starting) > 0 && waits < 1000; waits++) nanosleep(&moment, NULL);
  for (size_t i = 0; i < SHELLS; i++) {
    pid_t group = atomic_load(&shells[i]);
    if (group > 0) kill(-group, SIGTERM);
  }
  // SA_RESETHAND gave the default action back: the signal ends this process as if it had not been caught.
  raise(signal_number);
}

static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
#define ENDING (sizeof ending / sizeof ending[0])

// Catches what ends this process, and gives the set of what is caught.
static sigset_t watch_signals(void) {
  sigset_t caught;
  sigemptyset(&caught);
  for (size_t i = 0; i < ENDING; i++) {
    struct sigaction now;
    // What is ignored, under nohup for one, stays ignored.
    if (sigaction(ending[i], NULL, &now) != 0 || now.sa_handler == SIG_IGN) continue;
    if (now.sa_handler == SIG_DFL) {
      struct sigaction action = {.sa_handler = end_shells, .sa_flags = (int)SA_RESETHAND};
      sigaction(ending[i], &action, NULL);
    }
    sigaddset(&caught, ending[i]);
  }
  return caught;
}

static void keep_shell(pid_t process) {
  for (size_t i = 0; i < SHELLS; i++) {
    pid_t none = 0;
    if (atomic_compare_exchange_strong(&shells[i], &none, process)) return;
  }
}

void assay_release_shell(pid_t process) {
  for (size_t i = 0; i < SHELLS; i++) {
    pid_t expected = process;
    if (atomic_compare_exchange_strong(&shells[i], &expected, 0)) return;
  }
}

pid_t assay_spawn_shell(const char *command, int output) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, 1);
  char *const arguments[] = {(char *)"sh", (char *)"-c", (char *)command, NULL};
  sigset_t caught = watch_signals();
  pthread_sigmask(SIG_BLOCK, &caught, NULL);
  atomic_fetch_add(&starting, 1);
  pid_t process = spawn("/bin/sh", arguments, environ, &actions);
  int kept = errno;
  if (process > 0) keep_shell(process);
  atomic_fetch_sub(&starting, 1);
  // Also where they were blocked before: some launchers leave them so, and what they end must not outlive their wish.
  pthread_sigmask(SIG_UNBLOCK, &caught, NULL);
  errno = kept;
  return process;
}

int assay_start_thread(void *(*body)(void *), void *context) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, (size_t)8 << 20);
  pthread_t thread;
  int failure = pthread_create(&thread, &attributes, body, context);
  pthread_attr_destroy(&attributes);
  errno = failure;
  return failure == 0 ? 0 : -1;
}

int assay_die_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); }
