package chat.foyer.protocol;

/** Anything that leaves as one WebSocket text message: a frame of the plain wire, or a batch of events. */
public sealed interface Outgoing permits PlainFrame, Batch {}
