package chat.foyer.bench;

import chat.foyer.bench.load.Wire;
import chat.foyer.bench.server.FoyerNodes;
import chat.foyer.bench.server.Server;

final class Try {
    public static void main(String[] a) throws Exception {
        int senders = Integer.getInteger("senders", 64), out = Integer.getInteger("out", 4);
        Scenario s = new Saturation(
                "room",
                Integer.getInteger("rooms", 1),
                Integer.getInteger("members", 1000),
                senders,
                out,
                Durations.seconds(Integer.getInteger("warm", 5), Integer.getInteger("meas", 5)));
        for (String c : a[0].split(",")) {
            Contender who = Contender.valueOf(c);
            try (Server server = who.start(
                    FoyerNodes.Storage.valueOf(System.getProperty("db", "H2")), Integer.getInteger("nodes", 1))) {
                for (Wire w : who.wires(java.util.List.of(Wire.RICH, Wire.PLAIN))) {
                    if (System.getProperty("wire") != null && !w.name().equals(System.getProperty("wire"))) continue;
                    System.out.println(who + " " + w + " pids " + server.pids());
                    if (System.getProperty("hook") != null)
                        new ProcessBuilder(
                                        System.getProperty("hook"),
                                        String.valueOf(server.pids().get(0)),
                                        who + "-" + w)
                                .inheritIO()
                                .start();
                    try {
                        System.out.println(s.measure(server, w));
                    } catch (RuntimeException e) {
                        System.out.println("FAILED " + e);
                    }
                }
            }
        }
        System.exit(0);
    }
}
