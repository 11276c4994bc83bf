/* Text made harmless for a page, and pictures made to stand in one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plots/html.h"

#include "tests/markup.h"
#include "tests/table.h"

struct escape_case {
    const char *name;
    const char *given, *plain, *html;
};
static struct escape_case escape_cases[] = {
    {"plain words stay", "crisis house", "crisis house", "crisis house"},
    {"markup is escaped", "<b>&amp;</b>", "<b>&amp;</b>",
     "&lt;b&gt;&amp;amp;&lt;/b&gt;"},
    {"both quotes are escaped", "\"a' b", "\"a' b", "&quot;a&#39; b"},
    {"the end of a CDATA section is escaped", "]]>", "]]>", "]]&gt;"},
    {"letters beyond ASCII stay",
     "Ynys M\xc3\xb4n \xe2\x82\xac \xf0\x9f\x8f\xa0",
     "Ynys M\xc3\xb4n \xe2\x82\xac \xf0\x9f\x8f\xa0",
     "Ynys M\xc3\xb4n \xe2\x82\xac \xf0\x9f\x8f\xa0"},
    {"control characters become '?'", "a\x1b[31mb\n\tc\x7f", "a?[31mb??c?",
     "a?[31mb??c?"},
    {"C1 controls become '?'",
     "a\xc2\x9b"
     "b",
     "a?b", "a?b"},
    {"marks of direction become '?'",
     "a\xe2\x80\xae"
     "b\xe2\x81\xa6",
     "a?b?", "a?b?"},
    {"bytes that are not UTF-8 become '?'",
     "a\xff"
     "b\xc3",
     "a?b?", "a?b?"},
    {"an overlong form becomes '?'", "\xc0\xbc", "??", "??"},
    {"a surrogate becomes '?'", "\xed\xa0\x80", "???", "???"},
    {"nothing stays nothing", "", "", ""},
};

static void escapes(void **state)
{
    const struct escape_case *c = *state;
    struct text plain = {0}, html = {0};

    text_add(&plain, "");
    text_add(&html, "");
    text_add_plain(&plain, c->given);
    html_add(&html, c->given);
    assert_string_equal(plain.bytes, c->plain);
    assert_string_equal(html.bytes, c->html);
    assert_int_equal(text_status(&html), SIM_OK);
    text_clear(&plain);
    text_clear(&html);
}

struct svg_case {
    const char *name;
    const char *given, *expected;
};
static struct svg_case svg_cases[] = {
    {"the head of the file goes",
     "<?xml version=\"1.0\"?>\n<!-- a -->\n<svg></svg>", "<svg></svg>"},
    {"ids are made the picture's own", "<svg><g id=\"a\"/><p id='b'/></svg>",
     "<svg><g id=\"f0-a\"/><p id='f0-b'/></svg>"},
    {"references follow",
     "<svg><use xlink:href='#a'/><use href=\"#b\"/><r fill='url(#c)'/></svg>",
     "<svg><use xlink:href='#f0-a'/><use href=\"#f0-b\"/>"
     "<r fill='url(#f0-c)'/></svg>"},
    {"colours are no references", "<svg><r fill=\"#ffffff\"/></svg>",
     "<svg><r fill=\"#ffffff\"/></svg>"},
    {"an escaped quote in a text is no id",
     "<svg><text> id=&quot;a&quot;</text></svg>",
     "<svg><text> id=&quot;a&quot;</text></svg>"},
    {"what is no picture adds nothing", "gnuplot: error", ""},
};

static void inlines(void **state)
{
    const struct svg_case *c = *state;
    struct text out = {0};

    text_add(&out, "");
    html_add_svg(&out, c->given, "f0-");
    assert_string_equal(out.bytes, c->expected);
    text_clear(&out);
}

/* The checker that other tests rely on finds what it should. */
struct fault_case {
    const char *name;
    const char *markup;
    bool faulty;
};
static struct fault_case fault_cases[] = {
    {"whole markup", "<p class=\"a\">b &amp; c<br></p>", false},
    {"a stray tag", "<p>a</p></p>", true},
    {"an open tag", "<p>a", true},
    {"a script", "<p><script>x</script></p>", true},
    {"a handler", "<p onload=\"x\"></p>", true},
    {"a way out", "<a href=\"http://a.b\">c</a>", true},
    {"a bare ampersand", "<p>a & b</p>", true},
    {"an id twice", "<p id=\"a\"></p><p id='a'></p>", true},
};

static void finds_faults(void **state)
{
    const struct fault_case *c = *state;

    assert_int_equal(markup_fault(c->markup) != NULL, c->faulty);
}

int main(void)
{
    return run_table("escaping", escapes, escape_cases) +
           run_table("pictures", inlines, svg_cases) +
           run_table("the checker", finds_faults, fault_cases);
}
