package dev.billhook.spring;

import dev.billhook.Billing;
import dev.billhook.catalog.Catalog;
import dev.billhook.entitlement.AccessPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Brings changed catalog files into force while the application runs: when told so, and by itself if
 * {@code billhook.catalog-reload} says how often to look. A file that is not valid leaves what is in force as it is. Catalogs
 * that are the host's own beans are left alone. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CatalogReload implements SmartInitializingSingleton, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogReload.class);

    private final @Nullable Duration interval;
    private final List<Origin> origins = new ArrayList<>();
    private final List<Watch> watches = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param interval time between two looks, or null for none
     */
    CatalogReload(@Nullable Duration interval) {
        this.interval = interval;
    }

    /**
     * The catalog of a file, and keeps in mind where it came from.
     *
     * @param policy makes of the file's access policy the one to take, or answers null where that is not the file's matter
     */
    public synchronized Catalog read(CatalogFile file, Function<AccessPolicy, @Nullable AccessPolicy> policy) {
        Catalog catalog = file.catalog();
        origins.add(new Origin(catalog, file, policy));
        return catalog;
    }

    /** Has a billing go by its file from now on, if its catalog came from one. */
    public synchronized Billing follow(Billing billing) {
        origins.stream()
                .filter(origin -> origin.catalog() == billing.catalog())
                .findFirst()
                .ifPresent(origin -> watches.add(new Watch(origin, billing)));
        return billing;
    }

    /**
     * Brings into force what the files say now.
     *
     * @throws dev.billhook.catalog.CatalogException if one of them is not valid; then none changes anything
     * @throws dev.billhook.BillingException if one of them cannot be read; likewise
     */
    public synchronized void reload() {
        List<Runnable> changes = watches.stream()
                .map(watch -> watch.change(watch.inForce.again()))
                .toList();
        changes.forEach(Runnable::run);
    }

    /** Brings into force what was the same at two looks: a file that is just being written is half a catalog. */
    synchronized void look() {
        watches.forEach(Watch::look);
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (interval != null) {
            Thread thread = new Thread(() -> loop(interval), "billhook-catalog");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void loop(Duration pause) {
        try {
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException stopped) {
            LOG.debug("Stopped while waiting", stopped);
        }
    }

    @Override
    public void destroy() {
        closed.countDown();
    }

    private record Origin(Catalog catalog, CatalogFile file, Function<AccessPolicy, @Nullable AccessPolicy> policy) {}

    /** A billing, and the file it goes by. */
    private static final class Watch {
        private final Billing billing;
        private final Function<AccessPolicy, @Nullable AccessPolicy> policy;
        private CatalogFile inForce;
        private CatalogFile lastSeen;
        private String lastTold = "";

        Watch(Origin origin, Billing billing) {
            this.billing = billing;
            this.policy = origin.policy();
            this.inForce = origin.file();
            this.lastSeen = origin.file();
        }

        /** Reads the file; what is answered cannot fail any more. */
        Runnable change(CatalogFile file) {
            Catalog catalog = file.catalog();
            AccessPolicy access = policy.apply(file.accessPolicy());
            return () -> {
                if (access == null) {
                    billing.replaceCatalog(catalog);
                } else {
                    billing.replaceCatalog(catalog, access);
                }
                inForce = file;
                lastSeen = file;
            };
        }

        void look() {
            try {
                CatalogFile file = inForce.again();
                boolean still = file.sameText(lastSeen);
                lastSeen = file;
                if (file.sameText(inForce)) {
                    lastTold = "";
                } else if (still) {
                    change(file).run();
                }
            } catch (RuntimeException e) {
                tellOnce(String.valueOf(e.getMessage()), e);
            }
        }

        private void tellOnce(String what, RuntimeException e) {
            if (!what.equals(lastTold)) {
                lastTold = what;
                LOG.error("The catalog that was read before stays in force: {}", what);
                LOG.debug("Why the catalog was not taken", e);
            }
        }
    }
}
