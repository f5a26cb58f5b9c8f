// SPDX-FileCopyrightText: 2026 The Vedette developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include "models/core/clock.h"
#include "models/core/result.h"
#include "views/window/page.h"

class QLineEdit;

namespace vedette::sync {
class CollectorFeed;
class Hub;
} // namespace vedette::sync

namespace vedette::views {

class Card;
class ConnectCard;
class EmptyState;
class FigureTable;
class ForwardingCard;
class MessageBanner;
class ProjectsCard;
class StorageCard;
class ValueTable;

/// The built-in collector: where SDKs send to, with snippets, how much comes in and what does not, its
/// projects with what they let in, how passing on goes, what is kept, what takes longest, who can be
/// assigned.
class CollectorPage final : public Page
{
    Q_OBJECT

public:
    CollectorPage(sync::Hub& hub, const core::Clock& clock, QWidget* parent = nullptr);
    ~CollectorPage() override;

    [[nodiscard]] QString title() const override;
    void setFollowed(bool followed) override;
    void refresh() override;

private:
    QWidget* buildActivity();
    QWidget* buildSlowest();
    /// What the parts of a form are called.
    struct FormTexts
    {
        struct Part
        {
            QString objectName;
            QString text;
            QString accessibleName;
        };
        Part first, second, button;
    };
    template<class Submit>
    QWidget* makeForm(const FormTexts& texts, QLineEdit*& first, QLineEdit*& second, Submit submit);
    QWidget* buildPeople();
    QWidget* buildProjects();
    void rebuild();
    void showStatus();
    void openSettings(const QString& slug);
    void addMember();
    void addProject();
    template<class T>
    void afterAdding(const core::Result<T>& result, QLineEdit* first, QLineEdit* second);

    const core::Clock& m_clock;
    std::unique_ptr<sync::CollectorFeed> m_feed;
    QWidget* m_content;
    EmptyState* m_empty;
    MessageBanner* m_banner;
    MessageBanner* m_problem; ///< why nothing can be stored, while that is so
    ConnectCard* m_connect;
    ProjectsCard* m_projects;
    ForwardingCard* m_forwarding;
    StorageCard* m_storage;
    Card* m_activity;
    ValueTable* m_figures;
    FigureTable* m_notKept;
    Card* m_slowestCard;
    FigureTable* m_slowest;
    Card* m_people;
    ValueTable* m_names;
    QLineEdit* m_memberName;
    QLineEdit* m_memberEmail;
    QLineEdit* m_projectName;
    QLineEdit* m_projectPlatform;
};

} // namespace vedette::views
