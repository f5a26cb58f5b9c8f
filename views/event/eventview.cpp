// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/event/eventview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QVBoxLayout>

#include "models/core/text.h"
#include "views/common/card.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"
#include "views/common/valuetable.h"
#include "views/event/breadcrumbsview.h"
#include "views/event/stackview.h"
#include "views/event/tagsview.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

constexpr qsizetype maxContexts = 60;

QString mechanismText(const domain::Mechanism& mechanism)
{
    QStringList parts;
    if (mechanism.handled)
        parts << (*mechanism.handled ? EventView::tr("handled") : EventView::tr("unhandled"));
    if (!mechanism.type.isEmpty())
        parts << core::singleLine(mechanism.type, 60);
    return parts.join(u" · "_s);
}

QPushButton* smallButton(const QString& text, const char* name)
{
    auto* button = new QPushButton(text);
    button->setObjectName(QLatin1StringView(name));
    button->setProperty("role", u"quiet"_s);
    button->setFont(smallFont(button->font()));
    return button;
}

/// So many tildes that no line of the text ends the block: hostile text stays inside.
QString fenceFor(const QString& text)
{
    qsizetype longest = 2;
    qsizetype run = 0;
    for (const QChar c : text) {
        run = c == u'~' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return QString(longest + 1, u'~');
}

} // namespace

EventView::EventView(
    const domain::Event& event, const QList<domain::TagDistribution>& distributions, QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    setObjectName(u"eventView"_s);
    setProperty("role", u"page"_s);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::m);
    addMessage(event);
    addExceptions(event);
    addThreads(event);
    if (!event.breadcrumbs.isEmpty()) {
        auto* card = new Card(tr("Breadcrumbs"), tr("time before the crash"));
        card->setObjectName(u"breadcrumbsCard"_s);
        card->addWide(new BreadcrumbsView(event.breadcrumbs, event.dateCreated));
        m_layout->addWidget(card);
    }
    if (!event.tags.isEmpty()) {
        auto* card = new Card(tr("Tags"));
        card->setObjectName(u"tagsCard"_s);
        card->addContent(new TagsView(event.tags, distributions));
        m_layout->addWidget(card);
    }
    addUser(event);
    addRequest(event);
    addContexts(event);
    addRest(event);
    m_layout->addStretch(1);
}

void EventView::addMessage(const domain::Event& event)
{
    if (event.message.isEmpty())
        return;
    auto* card = new Card(tr("Message"));
    card->setObjectName(u"messageCard"_s);
    auto* text = new TextLabel(core::multiLine(event.message, 20'000));
    text->setObjectName(u"message"_s);
    text->setFont(codeFont(font()));
    card->addContent(text);
    m_layout->addWidget(card);
}

void EventView::addExceptions(const domain::Event& event)
{
    // The outermost exception is what the program saw last: first here, its causes below.
    for (auto it = event.exceptions.crbegin(); it != event.exceptions.crend(); ++it) {
        const domain::ExceptionValue& value = *it;
        const bool first = it == event.exceptions.crbegin();
        auto* card = new Card(first ? tr("Exception") : tr("Caused by"), mechanismText(value.mechanism));
        card->setObjectName(u"exceptionCard"_s);
        if (!value.stacktrace.frames.isEmpty()) {
            auto* copy = smallButton(tr("Copy stack"), "copyStack");
            card->addToHeader(copy);
            const QString head = value.type + u": "_s + value.value;
            connect(copy, &QPushButton::clicked, this, [head, stack = value.stacktrace] {
                QGuiApplication::clipboard()->setText(core::multiLine(head) + u'\n' + stackText(stack));
            });
        }
        auto* what = new QWidget;
        auto* whatLayout = new QVBoxLayout(what);
        whatLayout->setContentsMargins(0, 0, 0, 0);
        whatLayout->setSpacing(2);
        auto* type = new TextLabel(core::singleLine(value.type, 300));
        type->setRole("error");
        type->setFont(boldFont(font()));
        type->setObjectName(u"exceptionType"_s);
        whatLayout->addWidget(type);
        if (!value.value.isEmpty()) {
            auto* text = new TextLabel(core::multiLine(value.value, 5000));
            text->setObjectName(u"exceptionValue"_s);
            whatLayout->addWidget(text);
        }
        card->addContent(what);
        if (!value.stacktrace.frames.isEmpty())
            card->addFlush(new StackView(value.stacktrace)); // its rows bring their lines
        m_layout->addWidget(card);
    }
    if (event.stacktrace && !event.stacktrace->frames.isEmpty()) {
        auto* card = new Card(tr("Stack"));
        card->addFlush(new StackView(*event.stacktrace)); // its rows bring their lines
        m_layout->addWidget(card);
    }
}

void EventView::addThreads(const domain::Event& event)
{
    int shown = 0;
    for (const domain::Thread& thread : event.threads) {
        // The crashed thread's stack usually stands in the exception.
        if (thread.stacktrace.frames.isEmpty() || ++shown > 20)
            continue;
        const QString name = thread.name.isEmpty() ? thread.id : core::singleLine(thread.name, 80);
        auto* card = new Card(tr("Thread %1").arg(name), thread.crashed ? tr("crashed") : QString());
        card->setObjectName(u"threadCard"_s);
        card->addFlush(new StackView(thread.stacktrace)); // its rows bring their lines
        m_layout->addWidget(card);
    }
}

void EventView::addUser(const domain::Event& event)
{
    const domain::EventUser& user = event.user;
    if (user.isEmpty())
        return;
    domain::NamedValues values;
    const auto add = [&values](const QString& name, const QString& value) {
        if (!value.isEmpty())
            values.append({name, value});
    };
    add(u"id"_s, user.id);
    add(u"email"_s, user.email);
    add(u"username"_s, user.username);
    add(u"name"_s, user.name);
    add(u"ip_address"_s, user.ipAddress);
    values += user.data;
    auto* card = new Card(tr("User"));
    card->setObjectName(u"userCard"_s);
    card->addContent(new ValueTable(values));
    m_layout->addWidget(card);
}

void EventView::addRequest(const domain::Event& event)
{
    if (!event.request)
        return;
    const domain::HttpRequest& request = *event.request;
    auto* card = new Card(tr("Request"), core::singleLine(request.method, 16));
    card->setObjectName(u"requestCard"_s);
    auto* url = new TextLabel(core::singleLine(request.url, 2000));
    url->setFont(codeFont(font()));
    card->addContent(url);
    const auto addPairs = [&](const QString& title, const QList<std::pair<QString, QString>>& pairs) {
        if (pairs.isEmpty())
            return;
        auto* label = new PlainLabel(title, "secondary");
        label->setFont(capsFont(font()));
        card->addContent(label);
        card->addContent(new ValueTable(pairs));
    };
    addPairs(tr("Query"), request.query);
    if (!request.data.isNull() && !request.data.isUndefined()) {
        auto* label = new PlainLabel(tr("Body"), "secondary");
        label->setFont(capsFont(font()));
        card->addContent(label);
        auto* body = new TextLabel(valueText(request.data, 10'000));
        body->setFont(codeFont(font()));
        card->addContent(body);
    }
    addPairs(tr("Headers"), request.headers);
    addPairs(tr("Cookies"), request.cookies);
    if (!request.env.isEmpty()) {
        auto* label = new PlainLabel(tr("Environment"), "secondary");
        label->setFont(capsFont(font()));
        card->addContent(label);
        card->addContent(new ValueTable(request.env));
    }
    m_layout->addWidget(card);
}

void EventView::addContexts(const domain::Event& event)
{
    qsizetype shown = 0;
    for (const domain::Context& context : event.contexts) {
        if (context.values.isEmpty() || ++shown > maxContexts)
            continue;
        auto* card = new Card(core::singleLine(context.alias, 80), tr("context"));
        card->setObjectName(u"contextCard"_s);
        domain::NamedValues values;
        for (const auto& value : context.values) {
            if (value.first != u"type"_s)
                values.append(value);
        }
        if (values.isEmpty())
            values = context.values;
        card->addContent(new ValueTable(values));
        m_layout->addWidget(card);
    }
}

void EventView::addRest(const domain::Event& event)
{
    if (!event.extra.isEmpty()) {
        auto* card = new Card(tr("Extra"));
        card->setObjectName(u"extraCard"_s);
        card->addContent(new ValueTable(event.extra));
        m_layout->addWidget(card);
    }
    for (const auto& [type, tree] : event.otherEntries) {
        auto* card = new Card(core::singleLine(type, 80));
        card->setObjectName(u"entryCard"_s);
        auto* text = new TextLabel(valueText(tree, 20'000));
        text->setFont(codeFont(font()));
        card->addContent(text);
        m_layout->addWidget(card);
    }
    if (!event.packages.isEmpty()) {
        auto* card = new Card(tr("Packages"), tr("%n package(s)", "", int(event.packages.size())));
        card->setObjectName(u"packagesCard"_s);
        auto* show = smallButton(tr("Show"), "showPackages");
        card->addToHeader(show);
        connect(show, &QPushButton::clicked, card, [card, show, packages = event.packages] {
            show->hide();
            card->addContent(new ValueTable(packages));
        });
        m_layout->addWidget(card);
    }
    if (!event.errors.isEmpty()) {
        auto* card = new Card(tr("Problems"), tr("what the server could not use"));
        card->setObjectName(u"problemsCard"_s);
        domain::NamedValues values;
        for (const domain::EventProblem& problem : event.errors) {
            QString text = core::singleLine(problem.message, 300);
            for (const auto& [name, value] : problem.data)
                text += u"\n"_s + name + u": "_s + valueLine(value);
            values.append({problem.type, text});
        }
        card->addContent(new ValueTable(values));
        m_layout->addWidget(card);
    }
}

QString eventMarkdown(const domain::Issue& issue, const domain::Event& event)
{
    QString out =
        u"## %1 %2\n\n"_s.arg(core::singleLine(issue.shortId, 80), core::singleLine(issue.title, 300));
    const auto line = [&out](const QString& name, const QString& value) {
        if (!value.isEmpty())
            out += u"- **%1**: %2\n"_s.arg(name, core::singleLine(value, 300));
    };
    line(u"Culprit"_s, issue.culprit);
    line(u"Level"_s, domain::levelText(issue.level));
    line(u"Events"_s, QString::number(issue.count));
    line(u"Users"_s, QString::number(issue.userCount));
    line(u"Release"_s, event.release);
    line(u"Environment"_s, event.environment);
    line(u"Link"_s, issue.permalink);
    for (auto it = event.exceptions.crbegin(); it != event.exceptions.crend(); ++it) {
        const QString text = u"%1: %2\n%3"_s.arg(
            core::singleLine(it->type, 300), core::multiLine(it->value, 5000), stackText(it->stacktrace));
        const QString fence = fenceFor(text);
        out += u'\n' + fence + u'\n' + text + u'\n' + fence + u'\n';
    }
    if (!event.breadcrumbs.isEmpty()) {
        QString crumbs;
        const qsizetype from = std::max<qsizetype>(0, event.breadcrumbs.size() - 20);
        for (qsizetype i = from; i < event.breadcrumbs.size(); ++i) {
            crumbs += u"%1  %2\n"_s.arg(
                core::singleLine(event.breadcrumbs[i].category, 30), breadcrumbText(event.breadcrumbs[i]));
        }
        const QString fence = fenceFor(crumbs);
        out += u"\n### Breadcrumbs\n\n"_s + fence + u'\n' + crumbs + fence + u'\n';
    }
    if (!event.tags.isEmpty()) {
        out += u"\n| tag | value |\n| --- | --- |\n"_s;
        for (const domain::EventTag& tag : event.tags) {
            out += u"| %1 | %2 |\n"_s.arg(core::singleLine(tag.key, 80).replace(u'|', u"\\|"_s),
                core::singleLine(tag.value, 200).replace(u'|', u"\\|"_s));
        }
    }
    return out;
}

} // namespace vedette::views
