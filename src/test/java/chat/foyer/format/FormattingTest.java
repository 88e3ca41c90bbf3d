package chat.foyer.format;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.message.Mention;
import chat.foyer.message.Mentions;
import chat.foyer.message.Message;
import chat.foyer.room.RoomName;
import chat.foyer.testing.Attacks;
import chat.foyer.user.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How texts look. Line breaks of the HTML are left away, since they mean nothing there but in code. */
class FormattingTest {
    private static String outside(String address) {
        return "<a rel=\"noopener noreferrer nofollow\" href=\"" + address + "\" target=\"_blank\">";
    }

    private static Message message(String body, Mention... mentions) {
        return new Message(
                        new UUID(0, 1),
                        new RoomName("lobby"),
                        1,
                        1,
                        new User("g-ana", "Ana", true),
                        "r",
                        body,
                        Instant.EPOCH,
                        Optional.empty(),
                        false)
                .mentioning(Set.of(mentions));
    }

    private static String html(String body, Mention... mentions) {
        return Formatting.htmlOf(message(body, mentions)).orElse("text");
    }

    private static String oneLine(String body) {
        return html(body).replace("\n", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            **bold** and *it*, _it_    | <strong>bold</strong> and <em>it</em>, <em>it</em>
            ~~gone~~ but ~not~ this    | <del>gone</del> but ~not~ this
            use `a < b` here           | use <code>a &lt; b</code> here
            - one\\n- two              | <ul><li>one</li><li>two</li></ul>
            3. three\\n4. four         | <ol start="3"><li>three</li><li>four</li></ol>
            > said\\n> so\\n\\nyes     | <blockquote><p>said<br />so</p></blockquote><p>yes</p>
            **a**\\nb                  | <strong>a</strong><br />b
            **a**\\n\\nb               | <p><strong>a</strong></p><p>b</p>
            # no *heading*             | # no <em>heading</em>
            *a*\\n---                  | <em>a</em><br />---
            ![*a*](b) `c`              | ![*a*](b) <code>c</code>
            \\*no\\*                   | *no*
            &copy;                     | ©
            """)
    void markup_becomes_html(String body, String expected) {
        assertThat(oneLine(body.replace("\\n", "\n"))).isEqualTo(expected);
    }

    @Test
    void code_between_fences_keeps_its_lines_and_spaces_and_means_nothing() {
        assertThat(html("```java\nif (a < b) {\n    **c**;\n}\n```\nok"))
                .isEqualTo("<pre><code>if (a &lt; b) {\n    **c**;\n}\n</code></pre>\n<p>ok</p>\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "snake_case and 5 * 3 = 15",
                "a < b && c > d",
                "is it? (yes) - no: 10.5 + 3",
                "<b>not bold</b>",
                "<init>\n    at Foo.bar(Foo.java:3)\n\tat x_y",
                "[i] and [x](y) and a[i](j)",
                "![x](y.png)",
                "<javascript:alert(1)>",
                "[x](javascript:alert(1))",
                "[x]: /url 'title'",
                "foo://bar and javascript://x/%0aalert(1)",
                "@nobody",
                "# title",
                "#1 and #!",
                "#fff, #f00. #FFFAFA or #a0b1c2ff",
                "    indented\n\n    twice",
                "---",
                "-",
                ">",
                "** **",
                "```\n```",
                "| a | b |\n|---|---|\n| 1 | 2 |",
            })
    void what_is_no_markup_is_text_as_it_was_typed(String body) {
        assertThat(Formatting.htmlOf(message(body))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://ci.example/a_b_c?x=1&y=2          | https://ci.example/a_b_c?x&#61;1&amp;y&#61;2 | https://ci.example/a_b_c?x&#61;1&amp;y&#61;2
            www.ci.example                            | http://www.ci.example                        | www.ci.example
            ana@ci.example                            | mailto:ana&#64;ci.example                    | ana&#64;ci.example
            <https://ci.example>                      | https://ci.example                           | https://ci.example
            [*build*](https://ci.example 'its title') | https://ci.example                           | <em>build</em>
            [](https://ci.example)                    | https://ci.example                           | https://ci.example
            ![logo](https://ci.example/l.png)         | https://ci.example/l.png                     | logo
            """)
    void addresses_of_the_web_and_of_mailboxes_are_links_and_images_too(String body, String address, String words) {
        assertThat(html(body)).isEqualTo(outside(address) + words + "</a>");
    }

    @Test
    void a_link_has_no_links_inside() {
        assertThat(html("![a [b](https://b.example) http://c.example #d](https://e.example)"))
                .isEqualTo(outside("https://e.example") + "a [b](https://b.example) http://c.example #d</a>");
        assertThat(html("[![a](https://b.example)](https://c.example)"))
                .isEqualTo(outside("https://c.example") + "![a](https://b.example)</a>");
    }

    @Test
    void an_address_that_is_referred_to_stays_to_be_seen() {
        assertThat(oneLine("see [the build]\n\n[the build]: https://ci.example"))
                .contains(outside("https://ci.example") + "the build</a>")
                .contains("[the build]: https://ci.example");
    }

    @Test
    void who_is_mentioned_stands_out_and_nobody_else() {
        Mention ana = new Mention("u-ana", "ana");
        assertThat(html("@Ana. and @bo, @ana-, `@ana`, not x@ana", ana))
                .isEqualTo(
                        "<span class=\"mention\" data-person=\"u-ana\">&#64;Ana</span>. and &#64;bo, "
                                + "<span class=\"mention\" data-person=\"u-ana\">&#64;ana</span>-, <code>&#64;ana</code>, not x&#64;ana");
        assertThat(html("*@room*", Mention.EVERYBODY))
                .isEqualTo("<em><span class=\"mention\" data-person=\"*\">&#64;room</span></em>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            #lobby.        | <a href="../lobby/" class="to-room">#lobby</a>.
            #add           | <a href="../add/" class="to-room">#add</a>
            #cafe          | <a href="../cafe/" class="to-room">#cafe</a>
            #f00-team      | <a href="../f00-team/" class="to-room">#f00-team</a>
            (#v-1.2_b)     | (<a href="../v-1.2_b/" class="to-room">#v-1.2_b</a>)
            #кухня!        | <a href="../%D0%BA%D1%83%D1%85%D0%BD%D1%8F/" class="to-room">#кухня</a>!
            **x**#lobby    | <strong>x</strong><a href="../lobby/" class="to-room">#lobby</a>
            x#lobby *y*    | x#lobby <em>y</em>
            `#lobby`       | <code>#lobby</code>
            """)
    void the_name_of_a_room_leads_there(String body, String expected) {
        assertThat(html(body)).isEqualTo(expected);
    }

    /** In texts of these pieces at random, which are always the same. */
    @Test
    void who_is_mentioned_can_be_seen_and_who_is_not_cannot() {
        List<String> pieces = List.of(
                "`",
                "``",
                "```",
                "~~~",
                "\n",
                "\n\n",
                "> ",
                "- ",
                "1. ",
                "  ",
                " ",
                "@ana",
                "@ana ",
                "x",
                "\\",
                "*",
                "[",
                "](https://x.y)");
        Mention ana = new Mention("u-ana", "ana");
        MarkdownProse prose = new MarkdownProse();
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String body = random.ints(3 + i % 12, 0, pieces.size())
                    .mapToObj(pieces::get)
                    .collect(Collectors.joining());
            boolean mentioned = prose.of(body).stream()
                    .flatMap(piece -> Mentions.in(piece).stream())
                    .anyMatch(each -> each.readings().contains(ana.handle()));
            assertThat(html(body, ana).contains("data-person=\"u-ana\""))
                    .as(body)
                    .isEqualTo(mentioned);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"`@ana`", "```\n@ana\n```", "[@ana](https://ci.example)", "https://ci.example/?by=@ana"})
    void in_code_and_in_links_nobody_is_mentioned(String body) {
        assertThat(new MarkdownProse().of(body)).noneMatch(piece -> piece.contains("@"));
    }

    @Test
    void what_happened_to_a_room_and_what_is_too_long_is_text() {
        assertThat(html("**a**" + "b".repeat(Formatting.MOST_CHARS - 5))).startsWith("<strong>");
        assertThat(html("**a**" + "b".repeat(Formatting.MOST_CHARS - 4))).isEqualTo("text");
        assertThat(html("*a* ".repeat(ChatNodes.MOST_NODES / 4))).startsWith("<em>");
        assertThat(html("*a* ".repeat(ChatNodes.MOST_NODES / 2))).isEqualTo("text");
    }

    /** Anything at all may be said, and no more is written than a small multiple of it. */
    @ParameterizedTest
    @MethodSource("nasty")
    void what_is_nested_without_end_or_repeated_without_end_costs_little(String body) {
        String html = html(body);
        assertThat(html.length()).isLessThanOrEqualTo(Formatting.MOST_HTML);
        int deepest = 0;
        int depth = 0;
        for (String tag :
                TAG.matcher(html).results().map(match -> match.group()).toList()) {
            depth += tag.startsWith("</") ? -1 : tag.endsWith("/>") ? 0 : 1;
            deepest = Math.max(deepest, depth);
        }
        assertThat(depth).isZero();
        assertThat(deepest).isLessThanOrEqualTo(3 * Markdown.DEEPEST); // a list is two, and there are blocks and marks
    }

    private static String[] nasty() {
        int most = Formatting.MOST_CHARS;
        String[] repeated = {
            "*a ",
            "*a **a ",
            "a**b",
            "_a",
            "**",
            "*",
            "_",
            "~~a ",
            "~",
            "`",
            "`a",
            "[",
            "[a](",
            "[a][",
            "![",
            "![a](b) ",
            "![[]()",
            "]",
            "[]([](",
            "<",
            "<a ",
            "<!--",
            "<?",
            "<![CDATA[",
            "<a href='",
            "&",
            "&#",
            "\\",
            "\\\n",
            ">",
            "> ",
            "> a\n\n",
            ">a\n",
            "- ",
            "-\n",
            "1. ",
            "1) a\n",
            "+ \n\n",
            "```\n",
            "~~~",
            "```a",
            " ",
            "\t",
            "\n",
            "\r",
            "@",
            "@a",
            "@ab ",
            "#",
            "#a",
            "#a.",
            "a@b.c ",
            "a@",
            "http://",
            "http://a.b ",
            "https://a.b/(",
            "www.",
            "www.a.b ",
            "://",
            "[a]: b\n",
            "[a]: <",
            "[a]\n",
            "\u00A0*",
            "😀*",
            "a\n  b*",
            "#a-",
            "#a._-",
        };
        String[] all = new String[repeated.length + 6];
        for (int i = 0; i < repeated.length; i++) {
            all[i] = repeated[i].repeat(most / repeated[i].length());
        }
        int i = repeated.length;
        all[i++] = "*".repeat(most / 2) + "a" + "*".repeat(most / 2 - 1);
        all[i++] = "*a ".repeat(most / 6) + " b*".repeat(most / 6);
        all[i++] = "![".repeat(most / 8) + "x" + "](http://u)".repeat(most / 16);
        all[i++] = "[".repeat(most / 3) + "a" + "](b)".repeat(most / 6);
        all[i++] = "[a]: https://a.b/" + "c".repeat(1_900) + "\n\n" + "[a]".repeat(2_000);
        all[i] = ">".repeat(most / 2) + "\n>".repeat(most / 4);
        return all;
    }

    private static final Pattern TAG = Pattern.compile("</?[a-z][^>]*>");

    /** What may stand in the HTML of a message, written out once more. */
    private static final Pattern ALLOWED = Pattern.compile("<br />|</?(p|em|strong|del|code|pre|blockquote|ul|ol|li)>|"
            + "<ol start=\"\\d+\">|</a>|</span>|"
            + "<a rel=\"noopener noreferrer nofollow\" href=\"(https?://|mailto:)[^\"<>\\s]* ?\" target=\"_blank\">|"
            + "<a href=\"\\.\\./[^\"<>/]+/\" class=\"to-room\">|"
            + "<!-- -->"); // the sanitizer parts two braces

    @ParameterizedTest
    @MethodSource("attacks")
    void attacks_stay_words(String attack) {
        String rest = ALLOWED.matcher(html(attack)).replaceAll("");
        assertThat(rest).doesNotContain("<", ">", "\"");
    }

    private static Iterable<String> attacks() {
        assertThat(Attacks.all()).hasSizeGreaterThan(300);
        return Attacks.all();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void the_second_wall_stops_alone_whatever_comes(String attack) {
        String passed = SafeHtml.of(attack)
                .replaceAll(" (target|rel|class|data-person)=\"[^\"]*\"", "")
                .replaceAll("<a href=\"([^\"]*)\">", outside("$1"))
                .replace("<span>", "");
        assertThat(ALLOWED.matcher(passed).replaceAll("")).doesNotContain("<", ">", "\"");
    }
}
