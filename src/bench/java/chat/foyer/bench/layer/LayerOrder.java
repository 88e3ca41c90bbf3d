package chat.foyer.bench.layer;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/**
 * What a program with a channel layer is to do: let one node send and another receive, first as fast as it goes, then, when
 * all of that has been heard, at a fixed rate, and check every event. The sending side and the receiving side of either
 * program do the same.
 *
 * @param name of the group, or of the channel, that is sent to
 * @param toGroup whether {@code groupSend} is measured, with members that are channels of the receiving node; else {@code
 *     send}, to a channel from which that node receives
 * @param senders each sends one event after the other, the next when the last has been sent
 * @param window how many events of a sender may be under way that not all members have heard
 * @param capacity of every channel: more than can be under way
 * @param warmUpSeconds as fast as it goes, before anything counts
 * @param saturatedSeconds as fast as it goes; what all members hear meanwhile counts
 * @param settlingSeconds at the fixed rate, before anything counts
 * @param steadySeconds at the fixed rate; the time counts that each member waits for each event
 * @param perSecond the fixed rate
 */
record LayerOrder(
        String name,
        boolean toGroup,
        int members,
        int senders,
        int window,
        int capacity,
        double warmUpSeconds,
        double saturatedSeconds,
        double settlingSeconds,
        double steadySeconds,
        int perSecond) {

    static LayerOrder of(JsonObject json) {
        return new LayerOrder(
                json.getString("name"),
                json.getBoolean("toGroup"),
                json.getInt("members"),
                json.getInt("senders"),
                json.getInt("window"),
                json.getInt("capacity"),
                json.getJsonNumber("warmUpSeconds").doubleValue(),
                json.getJsonNumber("saturatedSeconds").doubleValue(),
                json.getJsonNumber("settlingSeconds").doubleValue(),
                json.getJsonNumber("steadySeconds").doubleValue(),
                json.getInt("perSecond"));
    }

    JsonObject json() {
        return Json.createObjectBuilder()
                .add("name", name)
                .add("toGroup", toGroup)
                .add("members", members)
                .add("senders", senders)
                .add("window", window)
                .add("capacity", capacity)
                .add("warmUpSeconds", warmUpSeconds)
                .add("saturatedSeconds", saturatedSeconds)
                .add("settlingSeconds", settlingSeconds)
                .add("steadySeconds", steadySeconds)
                .add("perSecond", perSecond)
                .build();
    }
}
