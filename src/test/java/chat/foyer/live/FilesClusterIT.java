package chat.foyer.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Files;
import chat.foyer.testing.Images;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.TwoNodes;
import jakarta.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A file that one node took in is there on the other. */
class FilesClusterIT extends TwoNodes {
    private final String room = "files-" + UUID.randomUUID();
    private final Files here = new Files(one());
    private final Files there = new Files(two());

    @Test
    void what_is_uploaded_on_one_node_is_posted_and_read_on_the_other() {
        People people = People.of(one());
        Someone ana = people.member("Ana");
        Someone bo = people.member("Bo");
        byte[] photo = Images.of("png", 2_000, 1_500);
        JsonObject file = here.upload(ana, room, "photo.png", photo);
        try (ChatClient hears = ChatClient.rich(one(), room, bo.at(one()))) {
            hears.nextEvents();
            assertThat(there.post(ana, room, "", file).statusCode()).isEqualTo(201);
            JsonObject event = hears.nextEvent();
            assertThat(event.getJsonArray("files")).as("by the hint").containsExactly(file);
            assertThat(there.get(file, "", bo.at(two())).body()).isEqualTo(photo);
            assertThat(there.get(file, "/thumbnail", bo.at(two())).statusCode()).isEqualTo(200);
            assertThat(here.get(file, "", bo.at(one())).body()).isEqualTo(photo);

            hears.asks("message.delete", "ref", "d1", "message", event.getString("id"));
            assertThat(hears.nextEvent().getString("code")).isEqualTo("not_yours");
            try (ChatClient anas = ChatClient.rich(two(), room, ana.at(two()))) {
                anas.nextEvents();
                anas.asks("message.delete", "ref", "d2", "message", event.getString("id"));
                await("the deletion")
                        .atMost(PATIENCE)
                        .until(() -> here.get(file, "", ana.at(one())).statusCode() == 404);
            }
        }
    }
}
