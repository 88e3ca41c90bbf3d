package chat.foyer.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.fault.Fault;
import chat.foyer.user.User;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Holds {@code docs/asyncapi.yaml} and the examples of {@code docs/protocol.md} to the frames in the code. */
class AsyncApiTest {
    private static final Path PROTOCOL = Path.of("docs/protocol.md");
    private static final Map<String, Object> API = api();

    private static Map<String, Object> api() {
        try {
            return new Yaml().load(Files.readString(Path.of("docs/asyncapi.yaml")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked") // YAML maps have text keys here
    private static Map<String, Object> at(Object map, String... path) {
        Object here = map;
        for (String step : path) {
            here = ((Map<String, Object>) here).get(step);
        }
        return (Map<String, Object>) here;
    }

    private static Map<String, Class<?>> framesInTheCode() {
        Map<String, Class<?>> frames = new HashMap<>(Map.of("plain", PlainFrame.class));
        for (Class<?> side : List.of(ClientFrame.class, ServerFrame.class)) {
            Arrays.stream(side.getAnnotation(JsonbTypeInfo.class).value())
                    .forEach(subtype -> frames.put(subtype.alias(), subtype.type()));
        }
        return frames;
    }

    private static Set<String> membersOf(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
    }

    @Test
    void the_document_has_every_frame_with_exactly_its_members() {
        Map<String, Object> messages = at(API, "components", "messages");
        assertThat(messages.keySet()).isEqualTo(framesInTheCode().keySet());
        framesInTheCode().forEach((name, type) -> {
            Set<String> expected = new HashSet<>(membersOf(type));
            if (!name.equals("plain")) {
                expected.add("type");
            }
            assertThat(at(messages.get(name), "payload", "properties").keySet())
                    .as(name)
                    .isEqualTo(expected);
        });
        assertThat(at(API, "components", "schemas", "user", "properties").keySet())
                .isEqualTo(membersOf(User.class));
        assertThat(at(API, "components", "schemas", "limits", "properties").keySet())
                .isEqualTo(membersOf(ServerFrame.Limits.class));
        assertThat(at(API, "components", "schemas", "present", "properties").keySet())
                .isEqualTo(membersOf(ServerFrame.Present.class));
    }

    @Test
    void both_directions_list_the_frames_that_go_that_way() {
        assertThat(messagesOf("receiveFromClient"))
                .containsExactlyInAnyOrder(
                        "plain",
                        "message.post",
                        "message.edit",
                        "message.delete",
                        "backlog.fetch",
                        "typing.start",
                        "away.start",
                        "away.end");
        assertThat(messagesOf("sendToClient"))
                .containsExactlyInAnyOrder(
                        "plain",
                        "welcome",
                        "message.posted",
                        "message.edited",
                        "message.deleted",
                        "room.noted",
                        "message.confirmed",
                        "backlog.page",
                        "resync",
                        "presence.changed",
                        "typing.started",
                        "failed");
    }

    private static List<String> messagesOf(String operation) {
        List<?> references = (List<?>) at(API, "operations", operation).get("messages");
        return references.stream()
                .map(reference -> String.valueOf(at(reference).get("$ref")).replaceAll(".*/", ""))
                .toList();
    }

    @Test
    void every_code_of_a_failed_frame_is_a_fault_and_explained() throws IOException {
        List<?> codes = (List<?>) at(API, "components", "messages", "failed", "payload", "properties", "code")
                .get("enum");
        Set<String> faults = Arrays.stream(Fault.values()).map(Fault::code).collect(Collectors.toSet());
        assertThat(faults).containsAll(codes.stream().map(String::valueOf).toList());
        String page = Files.readString(PROTOCOL);
        assertThat(codes).allSatisfy(code -> assertThat(page).contains("| `" + code + "` |"));
    }

    @Test
    void the_examples_for_people_are_real_frames() throws IOException {
        List<String> examples = Pattern.compile("```json\\n(.*?)\\n```", Pattern.DOTALL)
                .matcher(Files.readString(PROTOCOL))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(examples).hasSize(framesInTheCode().size());
        for (String example : examples) {
            JsonValue value = Json.createReader(new StringReader(example)).readValue();
            if (value.getValueType() == JsonValue.ValueType.ARRAY) {
                value.asJsonArray().forEach(event -> {
                    String type = event.asJsonObject().getString("type");
                    Set<String> known =
                            new HashSet<>(membersOf(framesInTheCode().get(type)));
                    known.add("type");
                    assertThat(event.asJsonObject().keySet()).as(type).isEqualTo(known);
                });
            } else if (value.asJsonObject().containsKey("type")) {
                assertThat(FrameDecoder.decode(Wire.RICH, example)).isNotNull();
            } else {
                assertThat(FrameDecoder.decode(Wire.PLAIN, example)).isNotNull();
            }
        }
    }
}
