package dev.billhook.simulator.engine.discount;

import dev.billhook.simulator.engine.World;

/** The parts that deal with discounts, put together. */
public final class DiscountEngine {
    private final Coupons coupons;
    private final PromotionCodes codes;
    private final Redemptions redemptions;
    private final Discounts discounts;
    private final InvoiceDiscounts onInvoices;

    public DiscountEngine(World world) {
        this.coupons = new Coupons(world);
        this.codes = new PromotionCodes(world);
        this.redemptions = new Redemptions(world, codes);
        this.discounts = new Discounts(world, coupons, codes, redemptions);
        this.onInvoices = new InvoiceDiscounts(world, discounts);
    }

    /** Coupons. */
    public Coupons coupons() {
        return coupons;
    }

    /** Promotion codes. */
    public PromotionCodes codes() {
        return codes;
    }

    /** Who may redeem what. */
    public Redemptions redemptions() {
        return redemptions;
    }

    /** Discounts of customers and subscriptions. */
    public Discounts discounts() {
        return discounts;
    }

    /** What discounts do to invoices. */
    public InvoiceDiscounts onInvoices() {
        return onInvoices;
    }
}
