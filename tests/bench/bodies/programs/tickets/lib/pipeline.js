// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Middleware in the manner of Koa.
exports.compose = (layers) => {
    return function composed(context) {
        function dispatch(index) {
            const layer = layers[index];
            if (!layer) return Promise.resolve();
            return Promise.resolve(layer(context, () => dispatch(index + 1)));
        }
        return dispatch(0);
    };
};

// The same for values: each step gets what the one before made of it.
exports.chain = (...steps) => function chained(input) {
    return steps.reduce((value, step) => step(value), input);
};
