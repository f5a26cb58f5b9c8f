// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Components: a small tree of them with boundaries, which tell Sentry which component broke.
import * as Sentry from "@sentry/browser";

const open = []; // the components that are being rendered, outermost first

export class Component {
    constructor(props, ...children) {
        this.props = props;
        this.children = children;
    }
    mount(parent) {
        open.push(this);
        const element = this.render();
        for (const child of this.children) child.mount(element);
        parent.append(element);
        open.pop();
    }
    render() {
        const element = document.createElement("section");
        element.className = this.constructor.name;
        return element;
    }
}

export class Boundary extends Component {
    mount(parent) {
        const outside = open.length;
        try {
            super.mount(parent);
        } catch (error) {
            const stack = open.splice(outside).reverse().map((component) => `\n    in ${component.constructor.name} (at ${component.constructor.name.toLowerCase()}.js)`);
            Sentry.captureException(error, {
                mechanism: { type: "boundary", handled: true },
                contexts: { component: { name: this.props.name, stack: stack.join(""), props: Object.keys(this.props) } },
            });
        }
    }
}

export class App extends Component {}
export class Shell extends Component {}
export class TripPage extends Component {}
export class DayList extends Component {}
export class DayCard extends Component {}
export class StopList extends Component {}

export class Marker extends Component {
    render() {
        const element = super.render();
        this.place(element);
        return element;
    }
    place(element) {
        element.style.left = `${this.props.position.x}px`;
    }
}
export class Clock extends Component {
    render() {
        const element = super.render();
        element.textContent = this.hands();
        return element;
    }
    hands() {
        return new Intl.DateTimeFormat("en", { timeZone: this.props.zone }).format(new Date());
    }
}
export class Price extends Component {
    render() {
        const element = super.render();
        element.textContent = this.props.amount.toFixed(this.props.digits);
        return element;
    }
}
export class Gallery extends Component {
    render() {
        const element = super.render();
        element.append(...this.props.pictures.map(({ source: { url } }) => url));
        return element;
    }
}
export class Chart extends Component {
    render() {
        const element = super.render();
        element.insertBefore(document.createElement("svg"), this.props.before);
        return element;
    }
}
export class Editor extends Component {
    render() {
        const element = super.render();
        element.setAttribute(this.props.attribute, "yes");
        return element;
    }
}
export class Swatch extends Component {
    #colour = "red";
    static colourOf(other) {
        return other.#colour;
    }
    render() {
        const element = super.render();
        element.style.color = Swatch.colourOf(this.props.other);
        return element;
    }
}

const root = () => document.getElementById("page");

// The tree around a component that breaks; how deep depends on where it stands.
export function show(component, number) {
    const layers = [App, Shell, TripPage, DayList, DayCard, StopList, DayCard, StopList].slice(0, 2 + (number % 7));
    const tree = layers.reduceRight((child, Layer) => new Layer({ number }, child), component);
    new Boundary({ name: component.constructor.name, number }, tree).mount(root());
}
