package dev.billhook.simulator.engine.tax;

import dev.billhook.simulator.kernel.ApiError;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kinds of tax ids there are, and what can be told from a number. Source: Stripe documentation, "Customer tax IDs". */
public final class TaxIdTypes {
    private static final String WORDS = """
        ad_nrt ae_trn al_tin am_tin ao_tin ar_cuit au_abn au_arn aw_tin az_tin ba_tin bb_tin bd_bin bf_ifu
        bg_uic bh_vat bj_ifu bo_tin br_cnpj br_cpf bs_tin by_tin ca_bn ca_gst_hst ca_pst_bc ca_pst_mb ca_pst_sk
        ca_qst cd_nif ch_uid ch_vat cl_tin cm_niu cn_tin co_nit cr_tin cv_nif de_stn do_rcn ec_ruc eg_tin es_cif
        et_tin eu_oss_vat eu_vat fo_vat gb_vat ge_vat gi_tin gn_nif hk_br hr_oib hu_tin ic_nif id_npwp il_vat
        in_gst is_vat it_cf jp_cn jp_rn jp_trn ke_pin kg_tin kh_tin kr_brn kz_bin la_tin li_uid li_vat lk_vat
        ma_vat md_vat me_pib mk_vat mr_nif mx_rfc my_frp my_itn my_sst ng_tin no_vat no_voec np_pan nz_gst
        om_vat pe_ruc ph_tin pl_nip py_ruc ro_tin rs_pib ru_inn ru_kpp sa_vat sg_gst sg_uen si_tin sn_ninea
        sr_fin sv_nit th_vat tj_tin tr_tin tw_vat tz_vat ua_vat ug_tin us_ein uy_ruc uz_tin uz_vat ve_rif vn_tin
        za_vat zm_tin zw_tin\
        """;
    private static final Set<String> ALL = Set.of(WORDS.split("\\s+"));
    /** Those whose numbers Stripe asks the authorities about. */
    private static final Set<String> ASKED = Set.of("eu_vat", "gb_vat", "au_abn");

    private static final Set<String> UNION = Set.of(
            ("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT" + " RO SE SI SK").split(" "));

    private TaxIdTypes() {}

    /** Every kind. */
    public static Set<String> all() {
        return ALL;
    }

    /** Whether there are tax ids of a country. */
    public static boolean areIn(String country) {
        String prefix = country.toLowerCase(Locale.ROOT) + "_";
        return UNION.contains(country) || ALL.stream().anyMatch(type -> type.startsWith(prefix));
    }

    /** Refuses what is no kind of tax id, or no number of its kind. */
    static void check(String type, String value, String param) {
        if (!ALL.contains(type)) {
            throw ApiError.invalid(null, "type", "Invalid type: " + type + " is no kind of tax ID.");
        }
        boolean possible = switch (type) {
            case "eu_vat" -> value.matches("(?i)([A-Z]{2})?[0-9A-Z+*]{8,12}");
            case "gb_vat" -> value.matches("(?i)(GB|XI)?([0-9]{9}|[0-9]{12}|(GD|HA)[0-9]{3})");
            case "au_abn" -> value.replace(" ", "").matches("[0-9]{9}|[0-9]{11}");
            default -> value.matches("[\\p{L}\\p{N} ./&+*-]{2,40}");
        };
        if (!possible) {
            throw ApiError.invalid("tax_id_invalid", param, "Invalid value for " + type + ".");
        }
    }

    /** Whether the number is checked with an authority; otherwise its verification is not available. */
    static boolean isAsked(String type) {
        return ASKED.contains(type);
    }

    /** The country of a tax id; null where its kind and number do not tell. */
    static @Nullable String country(String type, String value) {
        if (!type.startsWith("eu_")) {
            return type.substring(0, 2).toUpperCase(Locale.ROOT);
        }
        String prefix = value.length() < 2 ? "" : value.substring(0, 2).toUpperCase(Locale.ROOT);
        return !prefix.matches("[A-Z]{2}") || "EU".equals(prefix) ? null : "EL".equals(prefix) ? "GR" : prefix;
    }
}
