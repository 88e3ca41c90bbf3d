package chat.foyer.account;

import static chat.foyer.testing.People.json;
import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.ChatClient;
import chat.foyer.testing.Node;
import chat.foyer.testing.People;
import chat.foyer.testing.People.Someone;
import chat.foyer.testing.ServerProcess;
import chat.foyer.testing.TokenIssuer;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that show tokens of a configured issuer, and what is tried with forged ones. */
class JwtIT {
    private static TokenIssuer issuer;
    private static TokenIssuer stranger;
    private static ServerProcess server;
    private static Someone ana;

    private final String room = "jwt-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        issuer = TokenIssuer.start();
        stranger = TokenIssuer.start();
        Map<String, String> settings = new HashMap<>(issuer.settings());
        settings.put("foyer.setup-token", People.SETUP_TOKEN);
        server = ServerProcess.start(ServerProcess.Kind.current(), settings);
        ana = People.of(node()).member("Ana");
    }

    @AfterAll
    static void stop() {
        server.close();
        issuer.close();
        stranger.close();
    }

    private static Node node() {
        return server.node();
    }

    private static String[] with(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private static HttpResponse<String> me(String token) {
        return node().get("api/v1/me", with(token));
    }

    private static JWTClaimsSet.Builder claims() {
        return TokenIssuer.claims(ana.handle());
    }

    @Test
    void a_token_of_the_issuer_stands_for_the_person_of_its_handle() {
        assertThat(json(me(issuer.signed(claims()))).getString("id")).isEqualTo(ana.id());
        assertThat(json(me(issuer.signedByCurve(claims()))).getString("id")).isEqualTo(ana.id());
        JWTClaimsSet.Builder bySubject = TokenIssuer.claims(ana.handle())
                .claim("preferred_username", null)
                .subject(ana.handle());
        assertThat(json(me(issuer.signed(bySubject))).getString("id")).isEqualTo(ana.id());
        try (ChatClient program = ChatClient.rich(node(), room, with(issuer.signed(claims())))) {
            assertThat(program.nextEvent().getJsonObject("you").getString("id")).isEqualTo(ana.id());
            program.says("signed");
            program.hears("signed");
        }
    }

    @Test
    void a_token_that_is_a_moment_ahead_of_our_clock_counts() {
        assertThat(me(issuer.signed(claims().notBeforeTime(TokenIssuer.in(Duration.ofSeconds(40)))))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void its_socket_closes_when_it_expires() {
        Instant end = Instant.now().plusSeconds(4);
        String token = issuer.signed(claims().expirationTime(Date.from(end)));
        try (ChatClient program = ChatClient.rich(node(), room, with(token))) {
            program.nextEvent();
            assertThat(program.isSentAway().code()).isEqualTo(4501);
            assertThat(Instant.now()).isBetween(end.minusSeconds(1), end.plusSeconds(5)); // exp counts seconds
        }
        assertThat(me(token).statusCode()).isEqualTo(401);
    }

    @Test
    void it_may_be_for_reading_only() {
        String reader = issuer.signed(claims().claim("scope", "openid foyer:read"));
        assertThat(me(reader).statusCode()).isEqualTo(200);
        assertThat(json(node().post("api/v1/direct", "{}", with(reader))).getString("code"))
                .isEqualTo("scope");
    }

    @Test
    void it_never_administers_nor_makes_tokens() {
        Someone boss = People.of(node()).administrator();
        String token = issuer.signed(TokenIssuer.claims(boss.handle()).claim("scope", "admin ADMIN foyer:admin"));
        assertThat(json(me(token)).getString("id")).isEqualTo(boss.id());
        assertThat(json(node().get("api/v1/admin/invitations", with(token))).getString("code"))
                .isEqualTo("scope");
        assertThat(json(node().post("api/v1/me/tokens", "{\"label\": \"x\"}", with(token)))
                        .getString("code"))
                .isEqualTo("scope");
    }

    static Stream<String> forgeries() {
        return FORGERIES.keySet().stream();
    }

    private interface Forgery {
        String make() throws JOSEException;
    }

    private static final Map<String, Forgery> FORGERIES = new LinkedHashMap<>();

    private static String encoded(String text) {
        return Base64URL.encode(text).toString();
    }

    private static String[] parts() {
        return issuer.signed(claims()).split("\\.");
    }

    private static RSAKey foreignKey() throws JOSEException {
        return new RSAKeyGenerator(2_048).keyID(issuer.rsa().getKeyID()).generate();
    }

    private static String byForeignKey(JWSHeader.Builder header, RSAKey key) {
        return TokenIssuer.signed(header.build(), claims().build(), key);
    }

    private static String withPayload(String json) throws JOSEException {
        JWSObject token = new JWSObject(issuer.header().build(), new Payload(json));
        token.sign(new RSASSASigner(issuer.rsa()));
        return token.serialize();
    }

    static {
        FORGERIES.put("algorithm none", () -> encoded("{\"alg\":\"none\",\"kid\":\"rsa-1\"}") + "." + parts()[1] + ".");
        FORGERIES.put(
                "algorithm None, with the signature of a good one",
                () -> encoded("{\"alg\":\"None\",\"kid\":\"rsa-1\"}") + "." + parts()[1] + "." + parts()[2]);
        FORGERIES.put(
                "the public key as a shared secret",
                () -> TokenIssuer.signed(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa-1").build(),
                        claims().build(),
                        new MACSigner(issuer.rsa().toRSAPublicKey().getEncoded())));
        FORGERIES.put(
                "an algorithm that we do not take",
                () -> issuer.signed(
                        new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("rsa-1").build(), claims().build()));
        FORGERIES.put("another issuer", () -> issuer.signed(claims().issuer("https://login.example.com")));
        FORGERIES.put("no issuer", () -> issuer.signed(claims().issuer(null)));
        FORGERIES.put("another audience", () -> issuer.signed(claims().audience("wiki")));
        FORGERIES.put("no audience", () -> issuer.signed(claims().audience((String) null)));
        FORGERIES.put(
                "a key that is not published",
                () -> issuer.signed(issuer.header().keyID("rsa-2").build(), claims().build()));
        FORGERIES.put(
                "no key named", () -> issuer.signed(issuer.header().keyID(null).build(), claims().build()));
        FORGERIES.put("expired", () -> issuer.signed(claims().expirationTime(TokenIssuer.in(Duration.ofSeconds(-2)))));
        FORGERIES.put("no end", () -> issuer.signed(claims().expirationTime(null)));
        FORGERIES.put(
                "of the future", () -> issuer.signed(claims().notBeforeTime(TokenIssuer.in(Duration.ofSeconds(90)))));
        FORGERIES.put("a cut signature", () -> {
            String token = issuer.signed(claims());
            return token.substring(0, token.length() - 4);
        });
        FORGERIES.put("no signature", () -> parts()[0] + "." + parts()[1] + ".");
        FORGERIES.put("two parts", () -> parts()[0] + "." + parts()[1]);
        FORGERIES.put("a flipped bit", () -> {
            String[] parts = parts();
            byte[] signature = new Base64URL(parts[2]).decode();
            signature[10] ^= 1;
            return parts[0] + "." + parts[1] + "." + Base64URL.encode(signature);
        });
        FORGERIES.put("the payload of another", () -> {
            String other = issuer.signed(claims().claim("scope", "foyer:write")).split("\\.")[1];
            return parts()[0] + "." + other + "." + parts()[2];
        });
        FORGERIES.put("a key of one's own under the same name", () -> byForeignKey(issuer.header(), foreignKey()));
        FORGERIES.put("a key that comes along (jwk)", () -> {
            RSAKey key = foreignKey();
            return byForeignKey(issuer.header().jwk(key.toPublicJWK()), key);
        });
        FORGERIES.put(
                "keys to be fetched elsewhere (jku)",
                () -> byForeignKey(issuer.header().jwkURL(URI.create(stranger.address())), stranger.rsa()));
        FORGERIES.put(
                "a certificate to be fetched elsewhere (x5u)",
                () -> byForeignKey(issuer.header().x509CertURL(URI.create(stranger.address())), stranger.rsa()));
        FORGERIES.put(
                "something critical that we do not know",
                () -> issuer.signed(
                        issuer.header()
                                .criticalParams(Set.of("b99"))
                                .customParam("b99", 1)
                                .build(),
                        claims().build()));
        FORGERIES.put("a claim twice", () -> {
            String claims = claims().build().toString();
            return withPayload("{\"iss\":\"x\"," + claims.substring(1));
        });
        FORGERIES.put("no claims", () -> withPayload("[]"));
        FORGERIES.put("for nobody here", () -> issuer.signed(TokenIssuer.claims("nobody.of.that.name")));
        FORGERIES.put("for a number", () -> issuer.signed(claims().claim("preferred_username", 7)));
        FORGERIES.put(
                "another kind of token",
                () -> issuer.signed(
                        issuer.header().type(new JOSEObjectType("logout+jwt")).build(), claims().build()));
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void forged_and_spoilt_tokens_are_refused(String forgery) throws JOSEException {
        String token = FORGERIES.get(forgery).make();
        HttpResponse<String> answer = me(token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
        assertThat(ChatClient.refusal(node(), "ws/chat/" + room + "/", with(token)))
                .isEqualTo(401);
        assertThat(stranger.timesAsked()).isZero();
        assertThat(server.log()).doesNotContain("\tat chat.foyer", "\tat com.nimbusds", token);
    }

    @Test
    void unknown_keys_do_not_have_the_issuer_asked_again_and_again() {
        JWSHeader.Builder header = issuer.header();
        for (int i = 0; i < 20; i++) {
            me(issuer.signed(header.keyID("unknown-" + i).build(), claims().build()));
        }
        assertThat(issuer.timesAsked()).isBetween(1, 5); // this class takes some minutes at most
    }
}
