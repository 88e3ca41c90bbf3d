package chat.foyer.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** All resources under {@code /api/v1}. */
@ApplicationPath("/api/v1")
public class RestApplication extends Application {}
