package chat.foyer.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Files;
import chat.foyer.testing.Images;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.Rooms;
import chat.foyer.testing.SharedServer;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files over REST and sockets: who may send and have them, and what attackers try with them. */
class FilesIT extends SharedServer {
    private static final int LIMIT = 52_428_800;
    private static final byte[] TEXT = "quarterly figures".getBytes(StandardCharsets.UTF_8);

    private static People people;
    private static Someone ana;
    private static Someone bo;

    private final Files files = new Files(node());
    private final Rooms rooms = new Rooms(node());
    private final String room = "files-" + UUID.randomUUID();

    @BeforeAll
    static void begin() {
        people = People.of(node());
        ana = people.member("Ana");
        bo = people.member("Bo");
    }

    private static ChatClient rich(Someone who, String name) {
        ChatClient client = ChatClient.rich(node(), name, who.at(node()));
        client.nextEvents();
        return client;
    }

    private static String post(String ref, String body, JsonObject... attached) {
        JsonArrayBuilder ids = Json.createArrayBuilder();
        for (JsonObject file : attached) {
            ids.add(file.getString("id"));
        }
        return Json.createObjectBuilder()
                .add("type", "message.post")
                .add("ref", ref)
                .add("body", body)
                .add("files", ids)
                .build()
                .toString();
    }

    private static String header(HttpResponse<?> answer, String name) {
        return String.join("; ", answer.headers().allValues(name));
    }

    /** Payara says the character set of everything, of images too. */
    private static String typeOf(HttpResponse<?> answer) {
        return header(answer, "Content-Type").replaceAll(";.*", "");
    }

    @Test
    void a_file_is_uploaded_posted_and_read_by_all_who_read_the_message() {
        JsonObject file = files.upload(ana, room, "Отчёт ½.txt", TEXT);
        assertThat(file.keySet()).containsExactlyInAnyOrder("id", "name", "type", "size", "thumbnail");
        assertThat(file.getString("name")).isEqualTo("Отчёт ½.txt");
        assertThat(file.getInt("size")).isEqualTo(TEXT.length);
        assertThat(files.get(file, "", bo.at(node())).statusCode()).isEqualTo(404);
        assertThat(files.get(file, "", ana.at(node())).body()).isEqualTo(TEXT);
        try (ChatClient anas = rich(ana, room);
                ChatClient bos = rich(bo, room);
                ChatClient plain = ChatClient.plain(node(), room)) {
            anas.sends(post("f1", "", file));
            JsonObject event = bos.nextEvent();
            assertThat(event.getString("body")).isEmpty();
            assertThat(event.getJsonArray("files")).containsExactly(file);
            plain.hears("Отчёт ½.txt");
            HttpResponse<byte[]> answer = files.get(file, "", bo.at(node()));
            assertThat(answer.body()).isEqualTo(TEXT);
            assertThat(typeOf(answer)).isEqualTo("application/octet-stream");
            assertThat(header(answer, "Content-Disposition"))
                    .isEqualTo("attachment; filename=\"_____ _.txt\"; filename*=UTF-8''"
                            + "%D0%9E%D1%82%D1%87%D1%91%D1%82%20%C2%BD.txt");
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "Content-Security-Policy")).startsWith("default-src 'none'; sandbox");
            assertThat(files.get(file, "").statusCode())
                    .as("a guest in an open room")
                    .isEqualTo(200);
            assertThat(files.get(file, "/thumbnail", bo.at(node())).statusCode())
                    .isEqualTo(404);

            anas.asks("message.delete", "ref", "d1", "message", event.getString("id"));
            assertThat(bos.nextEvent().getString("type")).isEqualTo("message.deleted");
            assertThat(files.get(file, "", bo.at(node())).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void history_edits_and_rest_tell_of_the_files_too() {
        JsonObject one = files.upload(ana, room, "one.txt", TEXT);
        JsonObject two = files.upload(ana, room, "two.txt", TEXT);
        HttpResponse<String> posted = files.post(ana, room, "both of them", two, one);
        assertThat(posted.statusCode()).as(posted.body()).isEqualTo(201);
        assertThat(posted.body()).contains(one.getString("id"), two.getString("id"));
        try (ChatClient anas = rich(ana, room);
                ChatClient bos = rich(bo, room)) {
            anas.asks("backlog.fetch");
            JsonObject message = anas.nextEvent().getJsonArray("messages").getJsonObject(0);
            assertThat(message.getJsonArray("files")).containsExactly(two, one);
            anas.asks("message.edit", "ref", "e1", "message", message.getString("id"), "body", "these two");
            JsonObject edited = bos.nextEvent(); // ana is answered as well, before or after it
            assertThat(edited.getString("body")).isEqualTo("these two");
            assertThat(edited.getJsonArray("files")).containsExactly(two, one);
        }
    }

    @Test
    void nobody_has_a_file_of_a_closed_room_but_its_members_of_today() {
        rooms.close(ana, room, bo);
        JsonObject file = files.upload(bo, room, "plan.txt", TEXT);
        assertThat(files.post(bo, room, "", file).statusCode()).isEqualTo(201);
        assertThat(files.get(file, "", ana.at(node())).statusCode()).isEqualTo(200);
        assertThat(files.get(file, "", bo.at(node())).statusCode()).isEqualTo(200);
        Someone cy = people.member("Cy");
        assertThat(files.get(file, "", cy.at(node())).statusCode()).isEqualTo(404);
        assertThat(files.get(file, "").statusCode()).isEqualTo(404);
        assertThat(files.answer(cy, room, "x.txt", TEXT).statusCode()).isEqualTo(404);
        rooms.remove(ana, room, bo);
        assertThat(files.get(file, "", bo.at(node())).statusCode())
                .as("not even its owner")
                .isEqualTo(404);
    }

    @Test
    void a_file_of_somebody_else_of_another_room_or_posted_before_cannot_be_posted() {
        JsonObject anas = files.upload(ana, room, "a.txt", TEXT);
        JsonObject elsewhere = files.upload(ana, room + "-other", "b.txt", TEXT);
        assertThat(files.post(bo, room, "mine", anas).body()).contains("\"no_file\"");
        assertThat(files.post(ana, room, "here", elsewhere).body()).contains("\"no_file\"");
        assertThat(files.post(ana, room, "", anas).statusCode()).isEqualTo(201);
        assertThat(files.post(ana, room, "again", anas).body()).contains("\"no_file\"");
        try (ChatClient client = rich(ana, room)) {
            client.sends("{\"type\":\"message.post\",\"ref\":\"x\",\"body\":\"\",\"files\":[\"../../etc/passwd\"]}");
            assertThat(client.nextEvent().getString("code")).isEqualTo("no_file");
            client.sends("{\"type\":\"message.post\",\"ref\":\"y\",\"body\":\" \",\"files\":[]}");
            assertThat(client.nextEvent().getString("code")).isEqualTo("empty");
        }
    }

    @Test
    void an_image_has_a_size_and_a_smaller_one() throws IOException {
        JsonObject file = files.upload(ana, room, "photo.exe", Images.of("jpg", 3000, 2000));
        assertThat(file.getString("type")).isEqualTo("image/jpeg");
        assertThat(file.getInt("width")).isEqualTo(3000);
        assertThat(file.getBoolean("thumbnail")).isTrue();
        HttpResponse<byte[]> image = files.get(file, "", ana.at(node()));
        assertThat(typeOf(image)).isEqualTo("image/jpeg");
        assertThat(header(image, "Content-Disposition")).startsWith("inline; filename=");
        HttpResponse<byte[]> small = files.get(file, "/thumbnail", ana.at(node()));
        assertThat(typeOf(small)).isEqualTo("image/jpeg");
        assertThat(ImageIO.read(new ByteArrayInputStream(small.body())).getWidth())
                .isEqualTo(720);
        List<String> again = new ArrayList<>(List.of(ana.at(node())));
        again.addAll(List.of("If-None-Match", header(small, "ETag")));
        assertThat(files.get(file, "/thumbnail", again.toArray(String[]::new)).statusCode())
                .isEqualTo(304);
        JsonObject icon = files.upload(ana, room, "icon.png", Images.of("png", 40, 30));
        assertThat(icon.getBoolean("thumbnail")).isFalse();
    }

    @Test
    void what_could_run_is_only_ever_saved() {
        Map<String, String> attacks = Map.of(
                "page.html", "<!DOCTYPE html><script>alert(1)</script>",
                "drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
                "polyglot.png", "\u0089PNG\r\n\u001A\n<html><script>alert(1)</script></html>",
                "script.js", "alert(document.cookie)");
        attacks.forEach((name, content) -> {
            JsonObject file = files.upload(ana, room, name, content.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(file.containsKey("width")).as(name).isFalse();
            HttpResponse<byte[]> answer = files.get(file, "", ana.at(node()));
            assertThat(typeOf(answer)).as(name).isEqualTo("application/octet-stream");
            assertThat(header(answer, "Content-Disposition")).as(name).startsWith("attachment;");
        });
    }

    @Test
    void a_real_image_with_a_page_behind_it_stays_an_image() {
        byte[] image = Images.of("png", 10, 10);
        byte[] page = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.US_ASCII);
        byte[] both = java.util.Arrays.copyOf(image, image.length + page.length);
        System.arraycopy(page, 0, both, image.length, page.length);
        HttpResponse<byte[]> answer = files.get(files.upload(ana, room, "both.html", both), "", ana.at(node()));
        assertThat(typeOf(answer)).isEqualTo("image/png");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void a_bomb_of_pixels_is_a_file_like_any_other() {
        JsonObject file = files.upload(ana, room, "bomb.png", Images.pngThatClaims(30_000, 30_000));
        assertThat(file.getString("type")).isEqualTo("application/octet-stream");
        JsonObject broken = files.upload(ana, room, "broken.png", Images.pngThatClaims(3_000, 3_000));
        assertThat(broken.getBoolean("thumbnail")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "../../../etc/passwd, passwd",
        "..%5C..%5Cwin.ini, win.ini",
        "%0D%0ASet-Cookie:%20a=b, Set-Cookie: a=b",
        "%E2%80%AEgnp.exe, gnp.exe",
        "%00, file"
    })
    void a_name_is_only_a_name(String said, String name) {
        HttpResponse<String> answer = node().post("api/v1/rooms/" + room + "/files?name=" + said, "x", ana.at(node()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonObject file = People.json(answer);
        assertThat(file.getString("name")).isEqualTo(name);
        HttpResponse<byte[]> read = files.get(file, "", ana.at(node()));
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void what_is_empty_nameless_or_wrapped_in_a_form_is_refused_with_what_to_do() {
        assertThat(files.answer(ana, room, "empty.txt", new byte[0]).body())
                .contains("\"empty\"", "This file is empty");
        assertThat(node().post("api/v1/rooms/" + room + "/files", "x", ana.at(node()))
                        .body())
                .contains("?name=");
        assertThat(files.answer(
                                ana,
                                room,
                                "x.txt",
                                "application/x-www-form-urlencoded",
                                HttpRequest.BodyPublishers.ofString("x=y"))
                        .body())
                .contains("application/octet-stream");
    }

    @Test
    void a_form_that_does_not_say_how_long_it_is_is_refused_before_it_is_read() throws IOException {
        try (Socket socket = new Socket(node().root().getHost(), node().root().getPort())) {
            socket.setSoTimeout(30_000);
            String request = "POST " + node().root().getRawPath() + Files.path(room, "endless.bin")
                    + " HTTP/1.1\r\nHost: " + node().root().getAuthority()
                    + "\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "5\r\ncsrf=\r\n"; // and more to come, for which nobody waits
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(statusOf(socket)).isEqualTo("HTTP/1.1 413");
        }
    }

    private Path uploads() {
        return dataDirectory().resolve("uploads");
    }

    private static List<Path> in(Path directory) {
        try (Stream<Path> found = java.nio.file.Files.list(directory)) {
            return found.toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An upload whose bytes the test sends itself. */
    private Socket upload(long length) throws IOException {
        Socket socket = new Socket(node().root().getHost(), node().root().getPort());
        socket.setSoTimeout(60_000);
        String[] own = ana.at(node());
        StringBuilder head = new StringBuilder("POST " + node().root().getRawPath() + Files.path(room, "large.bin"))
                .append(" HTTP/1.1\r\nHost: ")
                .append(node().root().getAuthority())
                .append("\r\nContent-Type: application/octet-stream\r\nContent-Length: ")
                .append(length)
                .append("\r\n");
        for (int i = 0; i < own.length; i += 2) {
            head.append(own[i]).append(": ").append(own[i + 1]).append("\r\n");
        }
        socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String statusOf(Socket socket) throws IOException {
        byte[] line = new byte[12];
        InputStream in = socket.getInputStream();
        return new String(line, 0, in.readNBytes(line, 0, line.length), StandardCharsets.US_ASCII);
    }

    @Test
    void an_upload_that_is_cut_off_leaves_nothing() throws IOException {
        try (Socket socket = upload(1_000_000)) {
            socket.getOutputStream().write(new byte[500_000]);
            await("its beginning").until(() -> !in(uploads()).isEmpty());
        }
        await("its end")
                .atMost(Duration.ofSeconds(30))
                .until(() -> in(uploads()).isEmpty());
    }

    @Test
    void what_is_too_large_is_refused_before_and_while_it_comes() throws IOException {
        try (Socket socket = upload(LIMIT + 1L)) {
            assertThat(statusOf(socket)).isEqualTo("HTTP/1.1 413");
        }
        byte[] megabyte = new byte[1_000_000];
        InputStream endless = new InputStream() {
            private int sent;

            @Override
            public int read() {
                throw new IllegalStateException("read in pieces");
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                int count = Math.min(length, megabyte.length);
                sent += count;
                return sent > LIMIT + 1_000_000 ? -1 : count;
            }
        };
        HttpResponse<String> answer = files.answer(
                ana, room, "x", "application/octet-stream", HttpRequest.BodyPublishers.ofInputStream(() -> endless));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("52428800 bytes");
        await("the rest to go").until(() -> in(uploads()).isEmpty());
    }

    @Test
    void messages_go_on_while_a_large_file_comes_in_slowly() throws IOException {
        byte[] content = new byte[LIMIT];
        new Random(1).nextBytes(content);
        int half = LIMIT / 2;
        try (Socket socket = upload(LIMIT);
                ChatClient anas = rich(ana, room);
                ChatClient bos = rich(bo, room)) {
            OutputStream out = socket.getOutputStream();
            out.write(content, 0, half);
            for (int i = 0; i < 20; i++) { // each is answered before the next, and the upload stands still meanwhile
                anas.says("message " + i);
                bos.hears("message " + i);
                anas.hears("message " + i);
            }
            assertThat(in(uploads())).as("still on its way").isNotEmpty();
            out.write(content, half, content.length - half);
            assertThat(statusOf(socket)).isEqualTo("HTTP/1.1 201");
        }
    }
}
