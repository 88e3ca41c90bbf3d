package chat.foyer.user;

import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.fault.ThrottledLog;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * Recognises people by tokens that the configured issuer has signed (JWT, RFC 7519), if there is one. Thread-safe; waits for
 * the database, and at times for the issuer.
 *
 * <p>What a token says of its own keys ({@code jku}, {@code jwk}, {@code x5u}) is never looked at; the algorithms are ours
 * to choose, not its (RFC 8725 §3.1).
 */
@ApplicationScoped
public class SignedTokens implements Recogniser {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(SignedTokens.class), 1);
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
    private static final int CLOCK_SKEW_SECONDS = 60; // a token that was just issued may seem to be of the future
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int MAX_KEYS_BYTES = 512 * 1024;
    private static final int ID = 24; // 96 bits in hexadecimal digits

    @Inject
    Configuration configuration;

    @Inject
    TokenStore store;

    private Optional<JWTProcessor<SecurityContext>> processor = Optional.empty();

    @PostConstruct
    void start() {
        processor = configuration
                .get(Settings.JWT_JWKS_URL)
                .map(address -> new IssuerKeys(() -> publishedAt(address), System::nanoTime))
                .map(keys -> processor(
                        keys,
                        configuration.get(Settings.JWT_ISSUER).orElseThrow(),
                        configuration.get(Settings.JWT_AUDIENCE).orElseThrow()));
    }

    private static JWKSet publishedAt(URI address) throws IOException, ParseException {
        DefaultResourceRetriever retriever =
                new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_KEYS_BYTES);
        return JWKSet.parse(retriever.retrieveResource(address.toURL()).getContent());
    }

    /** What accepts the tokens of this issuer for this audience, and no others. */
    static JWTProcessor<SecurityContext> processor(JWKSource<SecurityContext> keys, String issuer, String audience) {
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                audience, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("exp"));
        claims.setMaxClockSkew(CLOCK_SKEW_SECONDS);
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null)); // RFC 9068 §4
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier(claims);
        return processor;
    }

    @Override
    public Optional<Identity> recognise(Credentials credentials) {
        return processor.flatMap(accepting -> credentials
                .bearer()
                .filter(bearer -> !TokenSecret.isMeant(bearer))
                .map(bearer -> holderOf(bearer, accepting)));
    }

    private Identity holderOf(String bearer, JWTProcessor<SecurityContext> accepting) {
        JWTClaimsSet claims = verified(bearer, accepting);
        Proof proof = new Proof(
                Proof.Kind.JWT,
                "j-" + Secret.hash(bearer).substring(0, ID),
                scope(claims),
                Optional.of(claims.getExpirationTime().toInstant()));
        if (proof.hasEnded(Instant.now())) { // beyond the end no skew counts: its sockets close then
            throw new ChatException(Fault.TOKEN);
        }
        TokenStore.Owner owner = handle(claims)
                .flatMap(store::ownerOfHandle)
                .orElseThrow(() -> new ChatException(Fault.TOKEN, "There is nobody here for whom this token is."));
        return new Identity(owner.user(), owner.role(), proof, owner.asOf());
    }

    private static JWTClaimsSet verified(String bearer, JWTProcessor<SecurityContext> accepting) {
        try {
            SignedJWT token = SignedJWT.parse(bearer);
            if (token.getHeader().getKeyID() == null) {
                throw new ChatException(Fault.TOKEN);
            }
            return accepting.process(token, null);
        } catch (KeySourceException e) {
            LOG.warn("Signed tokens cannot be checked: {}", e);
            throw new ChatException(Fault.UNAVAILABLE, "Signed tokens cannot be checked right now. Try again soon.");
        } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException e) {
            throw new ChatException(Fault.TOKEN);
        }
    }

    private Optional<String> handle(JWTClaimsSet claims) {
        return text(claims, configuration.get(Settings.JWT_HANDLE_CLAIM))
                .or(() -> text(claims, "sub"))
                .map(handle -> handle.toLowerCase(Locale.ROOT));
    }

    /** Never more than to write: who administers does so in person, or by a token made here for it. */
    private static Scope scope(JWTClaimsSet claims) {
        List<String> scopes = List.of(text(claims, "scope").orElse("").split(" "));
        return scopes.contains("foyer:read") && !scopes.contains("foyer:write") ? Scope.READ : Scope.WRITE;
    }

    private static Optional<String> text(JWTClaimsSet claims, String name) {
        return Optional.ofNullable(claims.getClaim(name) instanceof String text ? text : null);
    }
}
