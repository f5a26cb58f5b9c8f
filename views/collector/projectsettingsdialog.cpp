// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/collector/projectsettingsdialog.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <cmath>

#include "models/core/ondone.h"
#include "models/core/text.h"
#include "views/common/buttons.h"
#include "views/common/errortext.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

constexpr double bytesPerMegabyte = 1'048'576.0;
constexpr int mostEvents = 1'000'000;
constexpr int longestWindow = 86'400;

QPlainTextEdit* patternField(const QString& objectName, const QString& placeholder)
{
    auto* field = new QPlainTextEdit;
    field->setObjectName(objectName);
    field->setPlaceholderText(placeholder);
    field->setTabChangesFocus(true);
    field->setFixedHeight(field->fontMetrics().lineSpacing() * 3 + 12);
    return field;
}

/// One pattern a line; empty lines are none.
QStringList lines(const QPlainTextEdit* field)
{
    QStringList out;
    const QStringList all = field->toPlainText().split(u'\n');
    for (const QString& line : all) {
        if (const QString pattern = line.trimmed(); !pattern.isEmpty())
            out.append(pattern);
    }
    return out;
}

} // namespace

ProjectSettingsDialog::ProjectSettingsDialog(
    sync::CollectorFeed& feed, const sync::CollectorFeed::ProjectWithKeys& project, QWidget* parent)
    : QDialog(parent)
    , m_feed(feed)
    , m_project(project)
    , m_name(new QLineEdit(project.project.name))
    , m_keys(new QWidget)
    , m_active(new QCheckBox(tr("Takes events")))
    , m_rate(new QSpinBox)
    , m_window(new QSpinBox)
    , m_megabytes(new QDoubleSpinBox)
    , m_errorTypes(patternField(u"filterErrorTypes"_s, u"ConnectionResetError"_s))
    , m_messages(patternField(u"filterMessages"_s, u"*timed out*"_s))
    , m_releases(patternField(u"filterReleases"_s, u"web@0.*"_s))
    , m_extensions(new QCheckBox(tr("Errors of browser extensions")))
    , m_localhost(new QCheckBox(tr("Pages on this machine")))
    , m_upstream(new QLineEdit)
    , m_status(new PlainLabel)
{
    setObjectName(u"projectSettingsDialog"_s);
    setWindowTitle(tr("Settings of %1").arg(core::singleLine(project.project.slug, 60)));
    setMinimumWidth(fontMetrics().averageCharWidth() * 90);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::l, space::l, space::l);
    layout->setSpacing(space::m);
    layout->addWidget(buildKeys());
    layout->addWidget(buildDoor());
    m_status->setObjectName(u"settingsStatus"_s);
    m_status->setRole("error");
    m_status->setWordWrap(true);
    layout->addWidget(m_status);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_save = buttons->addButton(tr("Save"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName(u"saveSettings"_s);
    m_save->setProperty("role", u"primary"_s);
    m_save->setDefault(true);
    m_save->setEnabled(false); // until it is known what holds
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &ProjectSettingsDialog::save);
    read();
}

QWidget* ProjectSettingsDialog::buildKeys()
{
    auto* body = new QWidget;
    auto* form = new QFormLayout(body);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(space::l);
    form->setVerticalSpacing(space::s);
    m_name->setObjectName(u"projectNameField"_s);
    form->addRow(tr("&Name"), m_name);
    auto* keysLayout = new QVBoxLayout(m_keys);
    keysLayout->setContentsMargins(0, 0, 0, 0);
    keysLayout->setSpacing(space::xs);
    form->addRow(tr("DSNs"), m_keys);
    showKeys();
    return body;
}

void ProjectSettingsDialog::showKeys()
{
    // A button in here may be what led here: it goes when its click is through.
    const QList<QWidget*> old = m_keys->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
    for (QWidget* widget : old) {
        widget->hide();
        widget->deleteLater();
    }
    auto* body = new QWidget;
    auto* grid = new QGridLayout(body);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::s);
    grid->setVerticalSpacing(space::xs);
    grid->setColumnStretch(0, 1);
    int row = 0;
    for (const domain::ProjectKey& key : std::as_const(m_project.keys)) {
        const QString label = core::singleLine(key.label, 40);
        auto* dsn = new ElidedLabel(key.isActive ? key.dsn : tr("%1 (switched off)", "a DSN").arg(key.dsn));
        dsn->setFont(codeFont(font()));
        dsn->setObjectName(u"keyDsn"_s);
        dsn->setAccessibleName(tr("DSN %1").arg(label));
        auto* copy = makeButton(tr("Copy"), u"copyKey"_s);
        copy->setAccessibleName(tr("Copy the DSN %1").arg(label));
        connect(copy, &QPushButton::clicked, this,
            [text = key.dsn] { QGuiApplication::clipboard()->setText(text); });
        auto* toggle = makeButton(key.isActive ? tr("Switch off") : tr("Switch on"), u"toggleKey"_s);
        toggle->setAccessibleName(
            key.isActive ? tr("Switch the DSN %1 off").arg(label) : tr("Switch the DSN %1 on").arg(label));
        connect(toggle, &QPushButton::clicked, this, [this, id = key.id, wanted = !key.isActive] {
            core::onDone(m_feed.setKeyActive(m_project.project.slug, id, wanted), this,
                [this, id](const core::Result<domain::ProjectKey>& changed) {
                    if (!changed)
                        return say(changed.error());
                    for (domain::ProjectKey& known : m_project.keys) {
                        if (known.id == id)
                            known.isActive = changed->isActive;
                    }
                    showKeys();
                });
        });
        for (QPushButton* button : {copy, toggle})
            button->setAutoDefault(false);
        grid->addWidget(dsn, row, 0);
        grid->addWidget(copy, row, 1);
        grid->addWidget(toggle, row, 2);
        ++row;
    }
    auto* add = makeLinkButton(tr("One more DSN"), u"addKey"_s);
    add->setAutoDefault(false);
    connect(add, &QPushButton::clicked, this, [this] {
        const QString label =
            tr("Key %1", "a name for a client key; its number").arg(m_project.keys.size() + 1);
        core::onDone(m_feed.addKey(m_project.project.slug, label), this,
            [this](const core::Result<domain::ProjectKey>& key) {
                if (!key)
                    return say(key.error());
                m_project.keys.append(*key);
                showKeys();
            });
    });
    grid->addWidget(add, row, 0, 1, 3, Qt::AlignLeft);
    m_keys->layout()->addWidget(body);
}

QWidget* ProjectSettingsDialog::buildDoor()
{
    auto* body = new QWidget;
    auto* form = new QFormLayout(body);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(space::l);
    form->setVerticalSpacing(space::s);
    m_active->setObjectName(u"projectActive"_s);
    form->addRow(tr("Door"), m_active);
    m_rate->setObjectName(u"rateCount"_s);
    m_rate->setRange(0, mostEvents);
    m_rate->setSpecialValueText(tr("no limit"));
    m_rate->setAccessibleName(tr("Events that are let in"));
    m_window->setObjectName(u"rateWindow"_s);
    m_window->setRange(1, longestWindow);
    m_window->setPrefix(tr("in ", "before a number of seconds"));
    m_window->setSuffix(tr(" s", "seconds, after a number"));
    m_window->setAccessibleName(tr("Seconds in which they are let in"));
    auto* rate = new QWidget;
    auto* rateLayout = new QHBoxLayout(rate);
    rateLayout->setContentsMargins(0, 0, 0, 0);
    rateLayout->addWidget(m_rate);
    rateLayout->addWidget(m_window);
    rateLayout->addStretch(1);
    form->addRow(tr("At most (events)"), rate);
    connect(
        m_rate, &QSpinBox::valueChanged, m_window, [this](int value) { m_window->setEnabled(value > 0); });
    m_megabytes->setObjectName(u"maxBytes"_s);
    m_megabytes->setRange(0, 1'000'000);
    m_megabytes->setDecimals(0);
    m_megabytes->setSpecialValueText(tr("as much as the collector keeps"));
    m_megabytes->setSuffix(tr(" MiB", "after a number"));
    m_megabytes->setAccessibleName(tr("Most disk space that its events take"));
    form->addRow(tr("On disk"), m_megabytes);
    auto* hint = new PlainLabel(
        tr("What fits a line below is refused and counted; * stands for anything."), "secondary");
    form->addRow(tr("Filters"), hint);
    m_errorTypes->setAccessibleName(tr("Error types that are refused, one a line"));
    m_messages->setAccessibleName(tr("Messages that are refused, one a line"));
    m_releases->setAccessibleName(tr("Releases that are refused, one a line"));
    form->addRow(tr("Error types"), m_errorTypes);
    form->addRow(tr("Messages"), m_messages);
    form->addRow(tr("Releases"), m_releases);
    m_extensions->setObjectName(u"filterExtensions"_s);
    m_localhost->setObjectName(u"filterLocalhost"_s);
    form->addRow({}, m_extensions);
    form->addRow({}, m_localhost);
    m_upstream->setObjectName(u"upstream"_s);
    m_upstream->setPlaceholderText(tr("nothing is passed on"));
    m_upstream->setAccessibleName(tr("DSN that everything is passed on to"));
    form->addRow(tr("Pass on to (DSN)"), m_upstream);
    fill(m_kept);
    return body;
}

void ProjectSettingsDialog::read()
{
    core::onDone(m_feed.projectSettings(m_project.project.slug), this,
        [this](const core::Result<domain::ProjectSettings>& settings) {
            if (!settings)
                return say(settings.error());
            m_kept = *settings;
            fill(m_kept);
            m_save->setEnabled(true);
        });
}

void ProjectSettingsDialog::fill(const domain::ProjectSettings& settings)
{
    m_active->setChecked(settings.isActive);
    m_rate->setValue(int(std::min<qint64>(settings.rateCount, mostEvents)));
    m_window->setValue(
        settings.rateWindow > 0 ? int(std::min<qint64>(settings.rateWindow, longestWindow)) : 60);
    m_window->setEnabled(settings.rateCount > 0);
    m_megabytes->setValue(double(settings.maxBytes) / bytesPerMegabyte);
    m_errorTypes->setPlainText(settings.filters.errorTypes.join(u'\n'));
    m_messages->setPlainText(settings.filters.messages.join(u'\n'));
    m_releases->setPlainText(settings.filters.releases.join(u'\n'));
    m_extensions->setChecked(settings.filters.browserExtensions);
    m_localhost->setChecked(settings.filters.localhost);
    m_upstream->setText(settings.upstream);
}

domain::ProjectSettings ProjectSettingsDialog::typed() const
{
    domain::ProjectSettings out = m_kept;
    out.isActive = m_active->isChecked();
    out.rateCount = m_rate->value();
    out.rateWindow = m_rate->value() > 0 ? m_window->value() : 0;
    // The field shows whole MiB: what was not touched stays to the byte.
    if (std::abs(m_megabytes->value() - double(m_kept.maxBytes) / bytesPerMegabyte) > 0.5)
        out.maxBytes = std::llround(m_megabytes->value() * bytesPerMegabyte);
    out.filters.errorTypes = lines(m_errorTypes);
    out.filters.messages = lines(m_messages);
    out.filters.releases = lines(m_releases);
    out.filters.browserExtensions = m_extensions->isChecked();
    out.filters.localhost = m_localhost->isChecked();
    out.upstream = m_upstream->text().trimmed();
    return out;
}

void ProjectSettingsDialog::save()
{
    m_save->setEnabled(false);
    m_status->clear();
    core::onDone(m_feed.setProjectSettings(m_project.project.slug, typed()), this,
        [this](const core::Result<domain::ProjectSettings>& kept) {
            if (!kept) {
                m_save->setEnabled(true);
                return say(kept.error());
            }
            m_kept = *kept;
            keepName();
        });
}

void ProjectSettingsDialog::keepName()
{
    const QString name = m_name->text().trimmed();
    if (name.isEmpty() || name == m_project.project.name)
        return accept();
    core::onDone(m_feed.renameProject(m_project.project.slug, name), this,
        [this](const core::Result<domain::Project>& renamed) {
            if (renamed)
                return accept();
            m_save->setEnabled(true);
            say(renamed.error());
        });
}

void ProjectSettingsDialog::say(const core::Error& error)
{
    m_status->setText(errorText(error, {}, Retry::ByHand));
}

} // namespace vedette::views
