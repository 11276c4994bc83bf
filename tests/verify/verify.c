/*
 * A family of cases: declared first, then run as tests, one for each check.
 * The run of a case is made when its first check asks for it and kept until a
 * check of another case does; so is its fresh run.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/verify/verify.h"

#include "tests/verify/verify_impl.h"

/* A case that names no seed has this and a digest of its name. */
#define SEED 20270104
#define SETTINGS_MAX 24

struct own_case {
    struct verify_case it;
    const char *setting[SETTINGS_MAX + 1]; /* copies */
};

struct own_check {
    struct verify *verify;
    size_t of; /* its case */
    struct verify_check it;
    char *name; /* of the test */
};

struct verify {
    const char *name;
    enum verify_form form;
    FILE *rows; /* NULL: not wanted */
    struct own_case *its_case;
    struct own_check *check;
    size_t case_count, check_count;
    size_t running;     /* the case whose runs are kept */
    json_t *run[2];     /* first and fresh; NULL: not made */
    bool unrunnable[2]; /* tried, and failed */
};

static void *must(void *memory)
{
    if (!memory) {
        fputs("verify: out of memory\n", stderr);
        exit(EXIT_FAILURE);
    }
    return memory;
}

static char *copy(const char *text)
{
    return text ? must(strdup(text)) : NULL;
}

static enum verify_form form_asked(void)
{
    const char *form = getenv("VERIFY");

    if (form && strcmp(form, "full") == 0)
        return VERIFY_FULL;
    return form && strcmp(form, "list") == 0 ? VERIFY_LIST : VERIFY_QUICK;
}

/* One line of the rows; the texts end with NULL. */
static void put_line(FILE *file, const char *const *text)
{
    for (size_t i = 0; text[i]; i++) {
        if (i)
            fputc('\t', file);
        row_put(file, text[i]);
    }
    fputc('\n', file);
    fflush(file);
}

static void open_rows(struct verify *verify, const struct verify_family *family)
{
    static const char *const form[] = {"quick", "full", "list"};
    const char *folder = getenv("VERIFY_ROWS");
    char path[PATH_SIZE], order[16];
    const char *line[] = {"family",      order,         family->name,
                          family->title, family->about, form[verify->form],
                          NULL};

    if (!folder)
        return;
    snprintf(path, sizeof path, "%s/%s.tsv", folder, family->name);
    snprintf(order, sizeof order, "%d", family->order);
    verify->rows = fopen(path, "w");
    if (!verify->rows) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    put_line(verify->rows, line);
}

struct verify *verify_begin(const struct verify_family *family)
{
    struct verify *verify = must(calloc(1, sizeof *verify));

    verify->name = family->name;
    verify->form = form_asked();
    verify->running = SIZE_MAX;
    open_rows(verify, family);
    return verify;
}

enum verify_form verify_form(const struct verify *verify)
{
    return verify->form;
}

/* FNV-1a (Fowler, Noll and Vo): cases have different seeds that do not change
 * when others come and go. */
static uint32_t seed_of(const char *name)
{
    uint32_t hash = 2166136261u;

    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return SEED + hash % 100000000;
}

void verify_case(struct verify *verify, const struct verify_case *it)
{
    struct own_case *own;
    size_t settings = 0;

    verify->its_case = must(realloc(
        verify->its_case, (verify->case_count + 1) * sizeof *verify->its_case));
    own = &verify->its_case[verify->case_count++];
    *own = (struct own_case){.it = *it};
    own->it.name = copy(it->name);
    own->it.file = copy(it->file);
    if (own->it.seed == 0)
        own->it.seed = seed_of(it->name);
    while (it->setting && it->setting[settings]) {
        if (settings == SETTINGS_MAX) {
            fprintf(stderr, "verify: too many settings: %s\n", it->name);
            exit(EXIT_FAILURE);
        }
        own->setting[settings] = copy(it->setting[settings]);
        settings++;
    }
}

void verify_check(struct verify *verify, const struct verify_check *it)
{
    const struct own_case *of = &verify->its_case[verify->case_count - 1];
    struct own_check *own;
    char name[512];

    verify->check = must(realloc(verify->check, (verify->check_count + 1) *
                                                    sizeof *verify->check));
    own = &verify->check[verify->check_count++];
    *own = (struct own_check){verify, verify->case_count - 1, *it, NULL};
    snprintf(name, sizeof name, "%s: %s%s%s", of->it.name, it->quantity,
             it->wrong ? ", control: " : "", it->wrong ? it->wrong : "");
    own->name = copy(name);
    own->it.quantity = copy(it->quantity);
    own->it.source = copy(it->source ? it->source : "");
    own->it.wrong = copy(it->wrong);
    own->it.wide = copy(it->wide);
    own->it.at.id = copy(it->at.id);
    own->it.at.by = copy(it->at.by);
    own->it.at.of = copy(it->at.of);
}

void verify_near(struct verify *verify, const char *quantity,
                 struct verify_at at, double truth, const char *source)
{
    verify_check(verify, &(struct verify_check){.quantity = quantity,
                                                .at = at,
                                                .truth = truth,
                                                .source = source});
}

void verify_control(struct verify *verify, const char *quantity,
                    struct verify_at at, double truth, const char *wrong)
{
    verify_check(verify, &(struct verify_check){.quantity = quantity,
                                                .at = at,
                                                .truth = truth,
                                                .wrong = wrong});
}

void verify_note(struct verify *verify, const char *markdown)
{
    if (verify->rows)
        put_line(verify->rows, (const char *const[]){"note", markdown, NULL});
}

/* ---- running ---- */

static struct verify_attempt attempt_of(const struct verify *verify,
                                        const struct verify_case *it,
                                        bool fresh)
{
    struct verify_attempt attempt = {
        it->seed, verify->form == VERIFY_FULL ? it->full : it->quick,
        verify->form};

    if (fresh) {
        attempt.seed += VERIFY_FRESH_SEED;
        attempt.replications *= VERIFY_FRESH_TIMES;
    }
    return attempt;
}

/* Let go of the runs of another case. */
static void turn_to(struct verify *verify, size_t its_case)
{
    if (verify->running == its_case)
        return;
    for (int i = 0; i < 2; i++) {
        json_decref(verify->run[i]);
        verify->run[i] = NULL;
        verify->unrunnable[i] = false;
    }
    verify->running = its_case;
}

/* The run of a check's case, made where it is not there; NULL for a case
 * without a file. */
static const json_t *run_of(const struct own_check *check,
                            const struct verify_attempt *attempt, bool fresh)
{
    struct verify *verify = check->verify;
    struct own_case *own = &verify->its_case[check->of];
    struct verify_case with = own->it;

    turn_to(verify, check->of);
    if (!own->it.file)
        return NULL;
    if (verify->unrunnable[fresh])
        fail_msg("the program failed on this case");
    if (!verify->run[fresh]) {
        with.setting = own->setting;
        verify->unrunnable[fresh] = true; /* until it has run */
        verify->run[fresh] = verify_run(&with, NULL, attempt);
        verify->unrunnable[fresh] = false;
    }
    return verify->run[fresh];
}

static struct verify_found find(const struct own_check *check, bool fresh)
{
    const struct verify_case *it = &check->verify->its_case[check->of].it;
    struct verify_attempt attempt = attempt_of(check->verify, it, fresh);
    const json_t *json = run_of(check, &attempt, fresh);

    if (check->it.compute)
        return check->it.compute(json, check->it.context, &attempt);
    return verify_read(json, &check->it.at);
}

/* ---- rows ---- */

static void truth_text(const struct verify_check *check, char *text,
                       size_t size)
{
    if (check->kind == VERIFY_WITHIN)
        snprintf(text, size, "%.6g to %.6g", check->low, check->high);
    else if (check->kind == VERIFY_HOLDS)
        snprintf(text, size, "%s", check->wrong ? "must not hold" : "holds");
    else
        snprintf(text, size, "%.9g", check->truth);
}

static void put_row(const struct own_check *check,
                    const struct verify_found *found, const char *verdict,
                    bool fresh)
{
    static const char *const kind[] = {"near", "within", "same", "holds"};
    const struct verify_check *it = &check->it;
    const struct verify_case *of = &check->verify->its_case[check->of].it;
    struct verify_attempt attempt = attempt_of(check->verify, of, fresh);
    const double value[] = {found->mean, found->error, found->lower,
                            found->upper, verify_z(found, it->truth)};
    char truth[64], number[LENGTH(value)][32], replications[16];
    const char *line[ROW_FIELDS + 2] = {"row"};
    const char **field = line + 1;

    truth_text(it, truth, sizeof truth);
    for (size_t i = 0; i < LENGTH(value); i++) {
        snprintf(number[i], sizeof number[i], "%.9g", value[i]);
        field[ROW_MEAN + i] = number[i];
    }
    snprintf(replications, sizeof replications, "%u", attempt.replications);
    field[ROW_CASE] = of->name;
    field[ROW_QUANTITY] = it->quantity;
    field[ROW_KIND] = kind[it->kind];
    field[ROW_WRONG] = it->wrong ? it->wrong : "";
    field[ROW_TRUTH] = truth;
    field[ROW_SOURCE] = it->source;
    field[ROW_VERDICT] = verdict;
    field[ROW_ATTEMPT] = fresh ? "fresh" : "first";
    field[ROW_REPLICATIONS] = replications;
    field[ROW_WIDE] = it->wide ? it->wide : "";
    if (check->verify->rows)
        put_line(check->verify->rows, line);
}

static void print_row(const struct own_check *check,
                      const struct verify_found *found,
                      enum verify_verdict verdict)
{
    char truth[64];

    truth_text(&check->it, truth, sizeof truth);
    print_error("%s\n  %s: found %.9g (%.6g to %.6g), truth %s, z %.2f\n",
                check->name, verify_verdict_text(verdict), found->mean,
                found->lower, found->upper, truth,
                verify_z(found, check->it.truth));
}

/* One check as a test. Where the program fails there is no row; the page is
 * then found to lack the check. */
static void check_holds(void **state)
{
    const struct own_check *check = *state;
    enum verify_verdict verdict = VERDICT_AGAIN;

    for (int fresh = 0; fresh < 2 && verdict == VERDICT_AGAIN; fresh++) {
        struct verify_found found = find(check, fresh);

        verdict = verify_judge(&check->it, &found, fresh, check->verify->form);
        put_row(check, &found, verify_verdict_text(verdict), fresh);
        if (verdict != VERDICT_HOLDS && verdict != VERDICT_CAUGHT)
            print_row(check, &found, verdict);
    }
    assert_true(verdict == VERDICT_HOLDS || verdict == VERDICT_CAUGHT);
}

/* The command that repeats a case. */
static void put_case(const struct verify *verify, const struct own_case *own)
{
    struct verify_attempt attempt = attempt_of(verify, &own->it, false);
    char command[2048] = "";
    size_t used = 0;

    if (!verify->rows)
        return;
    if (own->it.file)
        used = (size_t)snprintf(
            command, sizeof command,
            "./handrail run %s%s --json --seed %u --replications %u",
            strchr(own->it.file, '/') ? "" : "tests/verify/scenarios/",
            own->it.file, attempt.seed, attempt.replications);
    for (size_t i = 0; own->setting[i] && used < sizeof command; i++)
        used += (size_t)snprintf(command + used, sizeof command - used,
                                 " --set '%s'", own->setting[i]);
    put_line(verify->rows,
             (const char *const[]){"case", own->it.name, command, NULL});
}

static bool is_wanted(const struct verify *verify, size_t of)
{
    const struct verify_case *it = &verify->its_case[of].it;
    const char *only = getenv("VERIFY_ONLY");

    if (verify->form == VERIFY_QUICK && it->quick == 0)
        return false;
    return !only || strstr(it->name, only);
}

static void release(struct verify *verify)
{
    turn_to(verify, SIZE_MAX);
    for (size_t i = 0; i < verify->case_count; i++) {
        struct own_case *own = &verify->its_case[i];
        free((void *)(uintptr_t)own->it.name);
        free((void *)(uintptr_t)own->it.file);
        for (size_t s = 0; own->setting[s]; s++)
            free((void *)(uintptr_t)own->setting[s]);
    }
    for (size_t i = 0; i < verify->check_count; i++) {
        struct own_check *own = &verify->check[i];
        const char *const text[] = {
            own->name,    own->it.quantity, own->it.source, own->it.wrong,
            own->it.wide, own->it.at.id,    own->it.at.by,  own->it.at.of};
        for (size_t t = 0; t < LENGTH(text); t++)
            free((void *)(uintptr_t)text[t]);
    }
    free(verify->its_case);
    free(verify->check);
    if (verify->rows && fclose(verify->rows) != 0) {
        perror("verify");
        exit(EXIT_FAILURE);
    }
    free(verify);
}

/* Rows of what is not run in this form, so that all are named. */
static void put_not_run(const struct verify *verify)
{
    static const struct verify_found none = {NAN, NAN, NAN, NAN};

    for (size_t i = 0; i < verify->check_count; i++)
        if (verify->form == VERIFY_LIST ||
            !is_wanted(verify, verify->check[i].of))
            put_row(&verify->check[i], &none, VERIFY_NOT_RUN, false);
}

int verify_finish(struct verify *verify)
{
    struct CMUnitTest *test =
        must(calloc(verify->check_count + 1, sizeof *test));
    size_t count = 0;
    int failed = 0;

    for (size_t i = 0; i < verify->case_count; i++)
        if (is_wanted(verify, i))
            put_case(verify, &verify->its_case[i]);
    for (size_t i = 0; i < verify->check_count; i++)
        if (is_wanted(verify, verify->check[i].of))
            test[count++] =
                (struct CMUnitTest){.name = verify->check[i].name,
                                    .test_func = check_holds,
                                    .initial_state = &verify->check[i]};
    if (verify->form != VERIFY_LIST)
        failed = _cmocka_run_group_tests(verify->name, test, count, NULL, NULL);
    put_not_run(verify);
    free(test);
    release(verify);
    return failed;
}
