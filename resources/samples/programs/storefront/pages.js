// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pages of the shop front, what a visitor presses there, and what its fault is called in the recordings.
import * as basket from "./basket.js";
import * as browse from "./browse.js";
import * as widgets from "./widgets.js";

const page = (issue, path, button, act) => ({ issue, path, button, act });

export const pages = [
    page("checkout-summary-undefined", "/checkout", "pay", basket.pay),
    page("search-results-null", "/search?q=lamp", "search", browse.search),
    page("api-unavailable", "/account/orders", "reload", browse.orders),
    page("carousel-null", "/", "next-picture", widgets.carousel),
    page("feed-not-json", "/new", "more", browse.news),
    page("image-blocked-by-policy", "/lamps/lamp-40", "zoom", widgets.zoom),
    page("stock-rejection", "/lamps/shade-s", "add-to-basket", basket.add),
    page("storage-quota", "/wishlist", "save", basket.saveWishlist),
    page("price-card-missing", "/lamps", "sort", widgets.paint),
    page("coupon-hebrew", "/checkout/coupon", "apply-coupon", basket.coupon),
    page("basket-japanese", "/basket", "open-basket", basket.open),
    page("time-zone-unknown", "/delivery", "choose-day", browse.deliveryDays),
    page("menu-recursion", "/menu", "open-menu", widgets.menu),
    page("payment-widget-string", "/checkout/card", "load-card-form", widgets.cardForm),
    page("lazy-page-missing", "/guide", "read-guide", browse.guide),
    page("share-link-invalid", "/lamps/bulb-e27", "share", browse.share),
    page("draft-not-cloneable", "/reviews/new", "keep-draft", widgets.draft),
    page("long-translation", "/legal", "accept", widgets.terms),
    page("slow-interaction", "/compare", "compare", widgets.compare),
    page("consent-unknown", "/cookies", "choose", widgets.consent),
];
