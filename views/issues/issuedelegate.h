// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCache>
#include <QFontMetrics>
#include <QHash>
#include <QStaticText>
#include <QStyledItemDelegate>

#include <optional>

#include "models/core/clock.h"
#include "models/items/issuelistmodel.h"

namespace vedette::views {

struct Tokens;

/// Draws the cells of the issue list: two lines with stripe, level, title and badge, the trend, numbers, ages
/// and assignee. Holds what the model does not know: project colours, which issues spike, whether rows are
/// being chosen. Cut texts are laid out once and kept, so that scrolling only draws. GUI thread.
class IssueDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using Key = items::IssueListModel::Key;

    explicit IssueDelegate(const core::Clock& clock, QObject* parent = nullptr);

    void setProjectColours(const QHash<domain::ProjectId, int>& colours) { m_colours = colours; }
    /// The issues in alarm and since when: their bars from then on are drawn in the spike colour.
    void setSpiking(const QHash<Key, core::TimePoint>& issues) { m_spiking = issues; }
    /// Check boxes appear only while selecting.
    void setChoosing(bool choosing) { m_choosing = choosing; }
    /// Where the text of the first column begins: headers align with it.
    [[nodiscard]] int textIndent() const;
    /// The check box of a row, where there is one.
    [[nodiscard]] QRect checkBoxRect(const QRect& cell, Qt::LayoutDirection direction) const;

    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    struct Fonts
    {
        QFont base, bold, small;
        QFontMetrics baseMetrics{QFont()}, boldMetrics{QFont()}, smallMetrics{QFont()};
    };
    struct TextKey
    {
        QString text;
        int width;
        int font;

        friend bool operator==(const TextKey&, const TextKey&) = default;
        friend size_t qHash(const TextKey& key, size_t seed = 0) noexcept
        {
            return qHashMulti(seed, key.text, key.width, key.font);
        }
    };
    enum FontIndex
    {
        BaseFont,
        BoldFont,
        SmallFont
    };

    void paintTitle(QPainter& painter, const QStyleOptionViewItem& option,
        const items::IssueListModel::Row& row, bool checked, const Tokens& tokens) const;
    /// One line from the left (the right in mirrored layouts), cut where it does not fit.
    void drawLine(QPainter& painter, const QRect& rect, const QString& text, FontIndex font,
        Qt::LayoutDirection direction) const;
    void ensureFonts(const QFont& base) const;
    [[nodiscard]] const QFont& fontAt(FontIndex font) const;
    [[nodiscard]] const QFontMetrics& metricsAt(FontIndex font) const;
    [[nodiscard]] QString ageText(const std::optional<core::TimePoint>& time) const;

    const core::Clock& m_clock;
    QHash<domain::ProjectId, int> m_colours;
    QHash<Key, core::TimePoint> m_spiking;
    bool m_choosing = false;
    mutable Fonts m_fonts;
    mutable QCache<TextKey, QStaticText> m_texts;
};

} // namespace vedette::views
