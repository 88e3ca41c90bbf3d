package chat.foyer.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "report.pdf                | report.pdf",
                "../../etc/passwd          | passwd",
                "C:\\Users\\ana\\cat.png   | cat.png",
                "..                        | file",
                "'   '                     | file",
                "''                        | file",
                "a/                        | file",
                ".env                      | .env",
                "Отчёт за июль.docx        | Отчёт за июль.docx",
                "猫.png                     | 猫.png",
            })
    void a_name_is_the_last_part_of_what_was_said(String said, String name) {
        assertThat(new FileName(said).text()).isEqualTo(name);
    }

    @Test
    void controls_and_what_turns_text_around_are_left_out() {
        assertThat(new FileName("a\r\nSet-Cookie: x\u0000.png").text()).isEqualTo("aSet-Cookie: x.png");
        assertThat(new FileName("invoice\u202Egnp.exe").text()).isEqualTo("invoicegnp.exe");
        assertThat(new FileName("\uD800.txt").text()).isEqualTo(".txt");
    }

    @Test
    void a_long_name_is_cut_in_front_of_its_extension() {
        String text = new FileName("😀".repeat(300) + ".tar.gz").text();
        assertThat(text.codePointCount(0, text.length())).isEqualTo(FileName.MAX_LENGTH);
        assertThat(text).endsWith("😀….gz");
    }

    @Test
    void no_name_leaves_its_header() {
        assertThat(new FileName("a\"; filename=\"b\\c;é%.html").disposition("attachment"))
                .isEqualTo("attachment; filename=\"c___.html\"; filename*=UTF-8''c%3B%C3%A9%25.html");
        assertThat(new FileName("it's 5 o'clock.txt").disposition("inline"))
                .isEqualTo("inline; filename=\"it_s 5 o_clock.txt\"; filename*=UTF-8''it%27s%205%20o%27clock.txt");
    }
}
