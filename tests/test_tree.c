/*
 * The tree: what YAML is taken, what is refused, and where faults are placed.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/tree.h"
#include "tests/loading.h"
#include "tests/table.h"

/* ---- parsing ---- */

/* A text and its canonical form, or what is said of it. */
struct parse_case {
    const char *name;
    const char *text;
    const char *gives; /* canonical text, "" where nothing can be read */
    const char *says;
};
static struct parse_case parse_cases[] = {
    {"mappings, lists and scalars", "b: [1, x y]\na: {c: ''}\n",
     "{\"a\":{\"c\":\"\"},\"b\":[\"1\",\"x y\"]}", ""},
    {"block style gives the same", "b:\n  - 1\n  - x y\na:\n  c: \"\"\n",
     "{\"a\":{\"c\":\"\"},\"b\":[\"1\",\"x y\"]}", ""},
    {"comments and document marks say nothing", "# x\n---\na: 1 # y\n...\n",
     "{\"a\":\"1\"}", ""},
    {"what is null", "a:\nb: ~\nc: null\nd: 'null'\n",
     "{\"a\":~,\"b\":~,\"c\":~,\"d\":\"null\"}", ""},
    {"quotes and backslashes", "a: \"x\\\"\\\\\\n\"\n",
     "{\"a\":\"x\\\"\\\\\\x0a\"}", ""},
    {"a byte order mark is passed over",
     "\xef\xbb\xbf"
     "a: 1\n",
     "{\"a\":\"1\"}", ""},
    {"times in braces are texts", "{a: 18:00, b: 10:00-18:00}\n",
     "{\"a\":\"18:00\",\"b\":\"10:00-18:00\"}", ""},
    {"an empty file", "", "", "f:1:1: error: there is nothing here\n"},
    {"only comments", "# x\n", "", "f:2:1: error: there is nothing here\n"},
    {"two documents", "a: 1\n---\nb: 2\n", "",
     "f:2:1: error: there must be one document only\n"},
    {"an anchor", "a: &x 1\n", "{\"a\":\"1\"}",
     "f:1:4: error: anchors are not allowed\n"
     "hint: write the value out in every place\n"},
    {"an alias", "a: *x\nb: 1\n", "{\"a\":~,\"b\":\"1\"}",
     "f:1:4: error: aliases are not allowed\n"
     "hint: write the value out\n"},
    {"an alias as a key", "*x : 1\n", "{}",
     "f:1:1: error: aliases are not allowed\n"
     "hint: write the value out\n"},
    {"tags", "a: !!str 1\nb: !x [1]\nc: !y {d: 1}\n",
     "{\"a\":\"1\",\"b\":[\"1\"],\"c\":{\"d\":\"1\"}}",
     "f:1:4: error: tags are not allowed\n"
     "f:2:4: error: tags are not allowed\n"
     "f:3:4: error: tags are not allowed\n"},
    {"a key given twice, and thrice", "a: 1\nb: 2\na: 3\na: 4\n",
     "{\"a\":\"1\",\"b\":\"2\"}",
     "f:3:1: error: 'a' is given twice, first in line 1\n"
     "f:4:1: error: 'a' is given twice, first in line 1\n"},
    {"a key that is a list", "[a]: 1\nb: 2\n", "{\"b\":\"2\"}",
     "f:1:1: error: a key must be a text\n"},
    {"a key that is missing", "\"\": 1\nb: 2\n", "{\"b\":\"2\"}",
     "f:1:1: error: a key is missing before ':'\n"},
    {"a bracket left open", "a: [1, 2\nb: 3\n", "",
     "f:2:2: error: not YAML: did not find expected ',' or ']' (while parsing "
     "a flow sequence from line 1 on)\n"
     "hint: is a bracket or a comma missing before this place?\n"},
    {"a colon in a text", "title: a: b\n", "",
     "f:1:9: error: not YAML: mapping values are not allowed in this context\n"
     "hint: put quotes around a text that contains ': '\n"},
    {"a tab for indentation", "a:\n\tb: 1\n", "",
     "f:2:1: error: not YAML: found character that cannot start any token "
     "(while scanning for the next token from line 2 on)\n"
     "hint: indent with spaces, not tabs; put quotes around a text that starts "
     "with a special character\n"},
    {"quotes left open", "a: \"x\n", "",
     "f:2:1: error: not YAML: found unexpected end of stream (while scanning "
     "a quoted scalar from line 1 on)\n"},
    {"Latin-1", "a: 1\nb: caf\xe9\n", "",
     "f:2:7: error: this is not UTF-8 text\n"},
    {"an overlong character", "a: \xc0\xaf\n", "",
     "f:1:4: error: this is not UTF-8 text\n"},
    {"a surrogate", "a: \xed\xa0\x80\n", "",
     "f:1:4: error: this is not UTF-8 text\n"},
    {"a character cut off", "a: \xe2\x82", "",
     "f:1:4: error: this is not UTF-8 text\n"},
    {"a control character", "a: x\x1bz\n", "",
     "f:1:5: error: control characters are not allowed\n"},
    {"columns count characters", "\"\xc3\xa4\xc3\xb6\": *x\n",
     "{\"\xc3\xa4\xc3\xb6\":~}",
     "f:1:7: error: aliases are not allowed\n"
     "hint: write the value out\n"},
    {"NUL in a quoted text", "a: \"x\\0y\"\n", "{\"a\":\"x\"}",
     "f:1:4: error: a text must not contain NUL\n"},
};

/* A tree with arenas of its own. */
struct fixture {
    struct tree tree;
    struct loaded loaded; /* its faults */
    struct node *root;
};

static void fixture_open(struct fixture *f)
{
    memset(f, 0, sizeof *f);
    assert_int_equal(faults_init(&f->loaded.faults), SIM_OK);
    f->tree.arena = arena_new();
    f->tree.faults = &f->loaded.faults;
    assert_non_null(f->tree.arena);
}

static void fixture_parse(struct fixture *f, const char *text, size_t length)
{
    assert_int_equal(tree_parse(&f->tree, "f", text, length, &f->root), SIM_OK);
    faults_sort(&f->loaded.faults);
}

static void fixture_close(struct fixture *f)
{
    arena_free(f->tree.arena);
    faults_clear(&f->loaded.faults);
}

static void assert_tree(struct fixture *f, const char *gives, const char *says)
{
    char *headlines = loading_headlines(&f->loaded);
    const char *canonical =
        f->root == NULL ? "" : tree_canonical(&f->tree, f->tree.arena, f->root);

    assert_string_equal(headlines, says);
    assert_string_equal(canonical, gives);
    free(headlines);
}

static void parses_as(void **state)
{
    const struct parse_case *c = *state;
    struct fixture f;

    fixture_open(&f);
    fixture_parse(&f, c->text, strlen(c->text));
    assert_tree(&f, c->gives, c->says);
    fixture_close(&f);
}

static void refuses_bytes_that_are_no_text(void **state)
{
    static const char utf16[] = "\xff\xfe"
                                "a\0:\0 \0"
                                "1\0";
    struct fixture f;

    (void)state;
    fixture_open(&f);
    fixture_parse(&f, utf16, sizeof utf16 - 1);
    assert_tree(&f, "", "f:1:1: error: this is not UTF-8 text\n");
    fixture_close(&f);
    fixture_open(&f);
    fixture_parse(&f, "a: \0b", 5);
    assert_tree(&f, "", "f:1:4: error: control characters are not allowed\n");
    fixture_close(&f);
}

static void refuses_what_is_nested_too_deeply(void **state)
{
    char text[2 * 5000 + 1];
    struct fixture f;

    (void)state;
    for (int open = 0; open < 2; open++) {
        memset(text, '[', 5000);
        memset(text + 5000, ']', 5000);
        text[open ? 10000 : 5000] = '\0';
        fixture_open(&f);
        fixture_parse(&f, text, strlen(text));
        assert_tree(&f, "", "f:1:33: error: nested too deeply\n");
        fixture_close(&f);
    }
}

static void refuses_what_is_too_large(void **state)
{
    char *text = calloc(TREE_BYTES_MAX + 1, 1);
    struct fixture f;

    (void)state;
    assert_non_null(text);
    memset(text, '#', TREE_BYTES_MAX + 1);
    fixture_open(&f);
    fixture_parse(&f, text, TREE_BYTES_MAX + 1);
    assert_tree(&f, "", "f:1:1: error: the file is larger than 4 MB\n");
    fixture_close(&f);
    free(text);
}

/* ---- settings ---- */

/* Settings applied one after the other to a small tree. */
struct apply_case {
    const char *name;
    const char *settings[4];
    const char *gives;
    const char *says;
};
#define TREE "{\"a b\":{\"c\":\"1\",\"d\":[\"1\",\"2\"]},\"e\":{\"f\":\"g\"}}"
static const char tree_text[] = "a b: {c: 1, d: [1, 2]}\ne: {f: g}\n";

static struct apply_case apply_cases[] = {
    {"a scalar is replaced",
     {"a b.c=2 days"},
     "{\"a b\":{\"c\":\"2 days\",\"d\":[\"1\",\"2\"]},\"e\":{\"f\":\"g\"}}",
     ""},
    {"a value may contain commas and brackets",
     {"e.f=gamma(mean 2 h, sd 1 h)"},
     "{\"a b\":{\"c\":\"1\",\"d\":[\"1\",\"2\"]},"
     "\"e\":{\"f\":\"gamma(mean 2 h, sd 1 h)\"}}",
     ""},
    {"a list replaces a list",
     {"a b.d=[3]"},
     "{\"a b\":{\"c\":\"1\",\"d\":[\"3\"]},\"e\":{\"f\":\"g\"}}",
     ""},
    {"mappings merge",
     {"e={h: 1, f: 2}"},
     "{\"a b\":{\"c\":\"1\",\"d\":[\"1\",\"2\"]},"
     "\"e\":{\"f\":\"2\",\"h\":\"1\"}}",
     ""},
    {"null removes", {"a b.d=null", "e=~"}, "{\"a b\":{\"c\":\"1\"}}", ""},
    {"null inside a mapping removes",
     {"a b={d: null}"},
     "{\"a b\":{\"c\":\"1\"},\"e\":{\"f\":\"g\"}}",
     ""},
    {"the later setting holds",
     {"a b.c=2", "a b.c=3"},
     "{\"a b\":{\"c\":\"3\",\"d\":[\"1\",\"2\"]},\"e\":{\"f\":\"g\"}}",
     ""},
    {"mappings on the way are made",
     {"x.y.z=1"},
     "{\"a b\":{\"c\":\"1\",\"d\":[\"1\",\"2\"]},\"e\":{\"f\":\"g\"},"
     "\"x\":{\"y\":{\"z\":\"1\"}}}",
     ""},
    {"spaces around the names and the sign",
     {" a b . c = 2 "},
     "{\"a b\":{\"c\":\"2\",\"d\":[\"1\",\"2\"]},\"e\":{\"f\":\"g\"}}",
     ""},
    {"a value may contain the sign",
     {"e.f=x=y"},
     "{\"a b\":{\"c\":\"1\",\"d\":[\"1\",\"2\"]},\"e\":{\"f\":\"x=y\"}}",
     ""},
    {"no sign",
     {"a b.c"},
     TREE,
     "--set:1:1: error: a setting is PATH=VALUE, found no '='\n"},
    {"no value",
     {"a b.c= "},
     TREE,
     "--set:1:7: error: a setting is PATH=VALUE, found no value\n"
     "hint: null removes what is there\n"},
    {"no path",
     {"=1"},
     TREE,
     "--set:1:1: error: a name is missing in this path\n"
     "hint: a path is names joined by dots, such as levels.crisis "
     "house.places\n"},
    {"an empty name",
     {"a b..c=1"},
     TREE,
     "--set:1:5: error: a name is missing in this path\n"
     "hint: a path is names joined by dots, such as levels.crisis "
     "house.places\n"},
    {"through a scalar",
     {"a b.c.x=1"},
     TREE,
     "--set:1:5: error: a b.c: is one value, nothing inside it can be set\n"},
    {"through a list",
     {"a b.d.1=5"},
     TREE,
     "--set:1:5: error: a b.d: is one value, nothing inside it can be set\n"},
    {"removing what is not there",
     {"a b.cc=null"},
     TREE,
     "--set:1:5: error: a b.cc: there is nothing to remove\n"
     "hint: did you mean 'c'?\n"},
    {"removing inside what is new",
     {"x={y: null}"},
     "{\"a b\":{\"c\":\"1\",\"d\":[\"1\",\"2\"]},\"e\":{\"f\":\"g\"},"
     "\"x\":{}}",
     "--set:1:4: error: x.y: there is nothing to remove\n"},
    {"a value that is no YAML",
     {"a b.c=[1"},
     TREE,
     "--set:1:9: error: not YAML: did not find expected ',' or ']' (while "
     "parsing a flow sequence from line 1 on)\n"
     "hint: is a bracket or a comma missing before this place?\n"},
    {"a mapping without braces",
     {"e=f: 1"},
     "{\"a b\":{\"c\":\"1\",\"d\":[\"1\",\"2\"]},\"e\":{\"f\":\"1\"}}",
     "--set:1:3: error: a setting must be one value, or several in [ ] or { "
     "}\n"},
    {"an alias",
     {"e=*x"},
     "{\"a b\":{\"c\":\"1\",\"d\":[\"1\",\"2\"]},\"e\":~}",
     "--set:1:3: error: aliases are not allowed\n"
     "hint: write the value out\n"},
    {"columns of settings count characters",
     {"\xc3\xa4.x=[1"},
     TREE,
     "--set:1:7: error: not YAML: did not find expected ',' or ']' (while "
     "parsing a flow sequence from line 1 on)\n"
     "hint: is a bracket or a comma missing before this place?\n"},
};

static void applies(void **state)
{
    const struct apply_case *c = *state;
    struct fixture f;

    fixture_open(&f);
    fixture_parse(&f, tree_text, strlen(tree_text));
    for (size_t i = 0; c->settings[i] != NULL; i++)
        assert_int_equal(tree_apply(&f.tree, f.root, c->settings[i]), SIM_OK);
    assert_tree(&f, c->gives, c->says);
    fixture_close(&f);
}

static void paths_lead_to_nodes(void **state)
{
    struct fixture f;
    struct node *child;

    (void)state;
    fixture_open(&f);
    fixture_parse(&f, tree_text, strlen(tree_text));
    child = node_child(node_child(f.root, "a b"), "d");
    assert_string_equal(node_path(&f.tree, child), "a b.d");
    assert_string_equal(node_path(&f.tree, child->first), "a b.d");
    assert_string_equal(node_path(&f.tree, f.root), "");
    assert_null(node_child(child, "x"));
    assert_null(node_child(NULL, "x"));
    child = tree_take(f.root, "a b");
    assert_string_equal(child->key, "a b");
    assert_int_equal(f.root->count, 1);
    assert_null(tree_take(f.root, "a b"));
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_bytes_that_are_no_text),
        cmocka_unit_test(refuses_what_is_nested_too_deeply),
        cmocka_unit_test(refuses_what_is_too_large),
        cmocka_unit_test(paths_lead_to_nodes),
    };
    int failed = 0;

    failed += run_table("tree_parse", parses_as, parse_cases);
    failed += run_table("tree_apply", applies, apply_cases);
    failed += cmocka_run_group_tests_name("tree", tests, NULL, NULL);
    return failed;
}
