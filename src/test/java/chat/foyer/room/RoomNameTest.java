package chat.foyer.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.foyer.channel.ChannelNames;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lobby",
                "<!--<script>",
                "\"quotes\" 'too'",
                "кухня",
                "日本語",
                "👩‍👩‍👧",
                "100%",
                "a;b",
                "a?b#c",
                "a b",
                "...",
                "🏴󠁧󠁢󠁥󠁮󠁧󠁿"
            })
    void any_text_can_name_a_room(String name) {
        assertThat(new RoomName(name).text()).isEqualTo(name);
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        assertThat(RoomName.fromPathSegment(encoded)).isEqualTo(new RoomName(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u3000",
                " lobby",
                "lobby ",
                ".",
                "..",
                "a/b",
                "a\\b",
                "a\u2100b",
                "a\u0000b",
                "a\nb",
                "a\u0085b",
                "a\u2028b",
                "evil\u202Etxt",
                "\u2066x",
                "a\u200Bb",
                "\uFEFFa",
                "\uD800",
                "a\uDC00"
            })
    void what_would_confuse_is_refused_with_a_sentence(String name) {
        assertThatThrownBy(() -> new RoomName(name))
                .isInstanceOf(ChatException.class)
                .hasMessageStartingWith("A room")
                .extracting("fault")
                .isEqualTo(Fault.ROOM_NAME);
    }

    @Test
    void a_name_has_at_most_100_code_points() {
        assertThat(new RoomName("😀".repeat(100)).text()).hasSize(200);
        assertThatThrownBy(() -> new RoomName("😀".repeat(101))).hasMessageContaining("at most 100");
    }

    @Test
    void one_name_typed_on_two_systems_is_one_room() {
        assertThat(new RoomName("café")).isEqualTo(new RoomName("cafe\u0301"));
        assertThat(new RoomName("ﬁle")).isEqualTo(new RoomName("file"));
        assertThat(new RoomName("Lobby")).isNotEqualTo(new RoomName("lobby"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%2", "%zz", "%FF", "%C3%28", "%ED%A0%80", "%2F", "%5C", "%00", "\u0100"})
    void a_broken_address_is_refused(String segment) {
        assertThatThrownBy(() -> RoomName.fromPathSegment(segment)).isInstanceOf(ChatException.class);
    }

    @Test
    void an_address_is_decoded_once() {
        assertThat(RoomName.fromPathSegment("100%2525").text()).isEqualTo("100%25");
        assertThat(RoomName.fromPathSegment("a+b").text()).isEqualTo("a+b");
    }

    @Test
    void plain_names_have_the_group_of_the_tutorial() {
        assertThat(new RoomName("lobby").group()).isEqualTo("chat_lobby");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lobby", "кухня", "😀", "a b", "chat_lobby", "_", "-"})
    void every_group_name_is_legal(String name) {
        assertThat(ChannelNames.requireGroup(new RoomName(name).group())).hasSizeLessThanOrEqualTo(100);
        assertThat(ChannelNames.requireGroup(new RoomName("😀".repeat(100)).group()))
                .isNotEmpty();
        assertThat(ChannelNames.requireGroup(new RoomName("a".repeat(100)).group()))
                .isNotEmpty();
    }

    @Test
    void no_room_can_take_the_group_of_another() {
        String hashed = new RoomName("кухня").group();
        // the only way to forge it would be a plain name, and plain names begin with chat_
        assertThat(hashed).startsWith("chat-");
        assertThat(new RoomName(hashed.substring("chat-".length())).group()).isNotEqualTo(hashed);
        assertThat(new RoomName("a".repeat(96)).group()).startsWith("chat-");
        assertThat(new RoomName("a".repeat(95)).group()).startsWith("chat_");
    }
}
