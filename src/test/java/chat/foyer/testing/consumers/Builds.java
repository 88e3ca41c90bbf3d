package chat.foyer.testing.consumers;

import chat.foyer.bot.Bot;
import chat.foyer.channel.consumer.Consumer;
import chat.foyer.room.RoomName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;

/** In a WAR under test: a bean that says something in a room. */
@ApplicationScoped
public class Builds {
    @Inject
    Bot bot;

    void report(String room, String line) {
        bot.say(new RoomName(room), line);
    }

    @Consumer("builds")
    void ended(JsonObject build) {
        report(build.getString("room"), build.getString("line"));
    }
}
