package chat.foyer.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who signs tokens and publishes the keys, as an OpenID Connect provider does. */
public final class TokenIssuer implements AutoCloseable {
    public static final String NAME = "https://login.example.com/";
    public static final String AUDIENCE = "foyer";

    private final RSAKey rsa;
    private final ECKey ec;
    private final AtomicInteger asked = new AtomicInteger();
    private final HttpServer server;

    private TokenIssuer() throws IOException, JOSEException {
        rsa = new RSAKeyGenerator(2_048).keyID("rsa-1").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
        byte[] keys = new JWKSet(List.of(rsa, ec)).toString(true).getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
    }

    public static TokenIssuer start() {
        try {
            return new TokenIssuer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a node needs to know of it. */
    public Map<String, String> settings() {
        return Map.of("foyer.jwt.issuer", NAME, "foyer.jwt.audience", AUDIENCE, "foyer.jwt.jwks-url", address());
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
    }

    /** How often its keys were fetched. */
    public int timesAsked() {
        return asked.get();
    }

    public RSAKey rsa() {
        return rsa;
    }

    /** Good claims for this handle, to be changed by a test. */
    public static JWTClaimsSet.Builder claims(String handle) {
        return new JWTClaimsSet.Builder()
                .issuer(NAME)
                .audience(AUDIENCE)
                .subject("subject-1")
                .claim("preferred_username", handle)
                .issueTime(new Date())
                .expirationTime(in(Duration.ofMinutes(5)));
    }

    public static Date in(Duration time) {
        return Date.from(Instant.now().plus(time));
    }

    /** The header of a good token. */
    public JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(rsa.getKeyID());
    }

    /** A token with its RSA key. */
    public String signed(JWTClaimsSet.Builder claims) {
        return signed(header().build(), claims.build());
    }

    public String signed(JWSHeader header, JWTClaimsSet claims) {
        return signed(header, claims, rsa);
    }

    public static String signed(JWSHeader header, JWTClaimsSet claims, RSAKey key) {
        try {
            return signed(header, claims, new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token with its elliptic-curve key. */
    public String signedByCurve(JWTClaimsSet.Builder claims) {
        try {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                    .keyID(ec.getKeyID())
                    .build();
            return signed(header, claims.build(), new ECDSASigner(ec));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
