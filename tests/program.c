/* Running the built program as a user runs it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/program.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

char *in_room(const struct room *room, const char *name)
{
    char *path = malloc(PATH_SIZE);

    assert_non_null(path);
    snprintf(path, PATH_SIZE, "%s/%s", room->path, name);
    return path;
}

/* The whole of a file, ended; NULL where there is none. */
char *contents(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *bytes;
    long size;

    if (!file)
        return NULL;
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    size = ftell(file);
    rewind(file);
    bytes = malloc((size_t)size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, (size_t)size, file), size);
    bytes[size] = '\0';
    fclose(file);
    return bytes;
}

char *contents_in(const struct room *room, const char *name)
{
    char *path = in_room(room, name);
    char *bytes = contents(path);

    free(path);
    return bytes;
}

bool is_there(const struct room *room, const char *name)
{
    char *path = in_room(room, name);
    bool there = access(path, F_OK) == 0;

    free(path);
    return there;
}

void put_file(const struct room *room, const char *name, const char *bytes)
{
    char *path = in_room(room, name);
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(bytes, file);
    fclose(file);
    free(path);
}

int entries_of(const struct room *room, const char *name)
{
    char *path = in_room(room, name);
    DIR *folder = opendir(path);
    int count = -2; /* without . and .. */

    assert_non_null(folder);
    while (readdir(folder))
        count++;
    closedir(folder);
    free(path);
    return count;
}

void remove_all(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    char inner[2 * PATH_SIZE];

    if (!folder) {
        unlink(path);
        return;
    }
    while ((entry = readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        remove_all(inner);
    }
    closedir(folder);
    rmdir(path);
}

int make_room(void **state)
{
    struct room *room = calloc(1, sizeof *room);

    assert_non_null(room);
    strcpy(room->path, "/tmp/test-cli-XXXXXX");
    assert_non_null(mkdtemp(room->path));
    *state = room;
    return 0;
}

int remove_room(void **state)
{
    struct room *room = *state;

    remove_all(room->path);
    free(room);
    return 0;
}

/* ---- running ---- */

static void send_to(const char *path, int descriptor)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    if (file < 0 || dup2(file, descriptor) < 0)
        _exit(99);
    close(file);
}

/* In the child: as much of a resource and no more; 0: any. */
static void limit_to(int resource, rlim_t most)
{
    const struct rlimit limit = {most, most};

    if (most && setrlimit(resource, &limit) != 0)
        _exit(99);
}

/* In the child: become the program. */
static void become(const struct room *room, const struct how *how,
                   const char *const *argument)
{
    const char *argv[ARGUMENTS_MAX + 2] = {getenv("HANDRAIL")};
    char path[PATH_SIZE];

    if (!argv[0])
        argv[0] = "./handrail";
    for (size_t i = 0; i < ARGUMENTS_MAX && argument[i]; i++)
        argv[i + 1] = argument[i];
    snprintf(path, sizeof path, "%s/stdout", room->path);
    send_to(how->output ? how->output : path, STDOUT_FILENO);
    snprintf(path, sizeof path, "%s/stderr", room->path);
    send_to(path, STDERR_FILENO);
    if (how->path)
        setenv("PATH", how->path, 1);
    limit_to(RLIMIT_FSIZE, how->file_limit);
    limit_to(RLIMIT_AS, how->memory_limit);
    signal(SIGINT, SIG_DFL);
    execv(argv[0], (char *const *)(uintptr_t)argv);
    _exit(99);
}

/* Wait until `child` has worked for so many milliseconds, however busy the
 * machine is with other things; at most a minute. */
static void await_work(pid_t child, unsigned milliseconds)
{
    const struct timespec pause = {0, 5 * 1000000L};
    struct timespec worked = {0};
    clockid_t clock;

    assert_int_equal(clock_getcpuclockid(child, &clock), 0);
    for (int i = 0; i < 12000; i++) {
        if (clock_gettime(clock, &worked) != 0 ||
            worked.tv_sec * 1000 + worked.tv_nsec / 1000000 >=
                (long)milliseconds)
            return;
        nanosleep(&pause, NULL);
    }
}

struct ran run_how(const struct room *room, const struct how *how,
                   const char *const *argument)
{
    struct ran ran = {.status = -1};
    pid_t child = fork();
    int status;

    assert_true(child >= 0);
    if (child == 0)
        become(room, how, argument);
    if (how->signal_after) {
        await_work(child, how->signal_after);
        assert_int_equal(kill(child, SIGINT), 0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFEXITED(status))
        ran.status = WEXITSTATUS(status);
    ran.output = how->output ? calloc(1, 1) : contents_in(room, "stdout");
    ran.errors = contents_in(room, "stderr");
    assert_non_null(ran.output);
    assert_non_null(ran.errors);
    return ran;
}

void ran_clear(struct ran *ran)
{
    free(ran->output);
    free(ran->errors);
}
