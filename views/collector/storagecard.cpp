// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/collector/storagecard.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <cmath>

#include "models/core/ondone.h"
#include "models/sync/collectorfeed.h"
#include "views/common/buttons.h"
#include "views/common/card.h"
#include "views/common/format.h"
#include "views/common/plainlabel.h"
#include "views/common/theme.h"

using namespace Qt::Literals::StringLiterals;

namespace vedette::views {
namespace {

constexpr double bytesPerGigabyte = 1'073'741'824.0;

} // namespace

StorageCard::StorageCard(sync::CollectorFeed& feed, QWidget* parent)
    : QWidget(parent)
    , m_feed(feed)
    , m_used(new PlainLabel)
    , m_days(new QSpinBox)
    , m_gigabytes(new QDoubleSpinBox)
    , m_spotlight(new QCheckBox(tr("Take SDKs without a DSN (Spotlight)")))
    , m_save(makeButton(tr("Save"), u"saveStorage"_s))
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* card = new Card(tr("What is kept"), tr("oldest events go first, counts stay"));
    card->setObjectName(u"storageCard"_s);
    outer->addWidget(card);
    m_used->setObjectName(u"diskUsed"_s);
    m_days->setObjectName(u"retentionDays"_s);
    m_days->setRange(1, 3'650);
    m_days->setSuffix(tr(" days", "after a number"));
    m_days->setAccessibleName(tr("Days that events are kept"));
    m_gigabytes->setObjectName(u"retentionBytes"_s);
    m_gigabytes->setRange(0.1, 10'000);
    m_gigabytes->setDecimals(1);
    m_gigabytes->setSuffix(tr(" GiB", "after a number"));
    m_gigabytes->setAccessibleName(tr("Most disk space that events take"));
    m_spotlight->setObjectName(u"takesSpotlight"_s);
    m_save->setAccessibleName(tr("Save what is kept"));
    auto* body = new QWidget;
    auto* form = new QFormLayout(body);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(space::l);
    form->setVerticalSpacing(space::s);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->addRow(tr("Now on disk"), m_used);
    form->addRow(tr("Keep events for"), m_days);
    form->addRow(tr("At most"), m_gigabytes);
    form->addRow(m_spotlight);
    auto* last = new QWidget;
    auto* lastLayout = new QHBoxLayout(last);
    lastLayout->setContentsMargins(0, 0, 0, 0);
    lastLayout->addWidget(m_save);
    lastLayout->addStretch(1); // a button is as wide as its word
    form->addRow(last);
    card->addContent(body);
    card->endContent();
    connect(m_days, &QSpinBox::valueChanged, this, &StorageCard::updateButton);
    connect(m_gigabytes, &QDoubleSpinBox::valueChanged, this, &StorageCard::updateButton);
    connect(m_spotlight, &QCheckBox::toggled, this, &StorageCard::updateButton);
    connect(m_save, &QPushButton::clicked, this, &StorageCard::keep);
    fill(m_kept);
    for (QWidget* field : std::initializer_list<QWidget*>{m_days, m_gigabytes, m_spotlight})
        field->setEnabled(false); // until it is known what holds
}

void StorageCard::show(const domain::CollectorStatus& status)
{
    m_used->setText(bytes(status.diskBytes));
    m_used->setToolTip(toolTipText(status.dataFolder));
    if (!m_isRead)
        read();
}

void StorageCard::read()
{
    m_isRead = true;
    core::onDone(m_feed.settings(), this, [this](const core::Result<domain::CollectorSettings>& settings) {
        if (!settings) {
            m_isRead = false; // the next status asks again
            return;
        }
        for (QWidget* field : std::initializer_list<QWidget*>{m_days, m_gigabytes, m_spotlight})
            field->setEnabled(true);
        fill(*settings);
    });
}

void StorageCard::fill(const domain::CollectorSettings& settings)
{
    m_kept = settings;
    m_days->setValue(settings.retentionDays);
    m_gigabytes->setValue(double(settings.retentionBytes) / bytesPerGigabyte);
    m_spotlight->setChecked(settings.takesSpotlight);
    updateButton();
}

domain::CollectorSettings StorageCard::typed() const
{
    domain::CollectorSettings out = m_kept;
    out.retentionDays = m_days->value();
    // The field shows a tenth of a GiB: what was not touched stays to the byte.
    if (std::abs(m_gigabytes->value() - double(m_kept.retentionBytes) / bytesPerGigabyte) > 0.05)
        out.retentionBytes = std::llround(m_gigabytes->value() * bytesPerGigabyte);
    out.takesSpotlight = m_spotlight->isChecked();
    return out;
}

void StorageCard::updateButton()
{
    m_save->setEnabled(!(typed() == m_kept));
}

void StorageCard::keep()
{
    m_save->setEnabled(false);
    core::onDone(
        m_feed.setSettings(typed()), this, [this](const core::Result<domain::CollectorSettings>& kept) {
            if (kept) {
                fill(*kept);
                return;
            }
            updateButton();
            emit failed(kept.error());
        });
}

} // namespace vedette::views
