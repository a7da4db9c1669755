// Planio's scopes are Redmine's permission names.
export const PLANIO_SCOPES =
  'view_project search_project add_project edit_project view_members manage_members manage_versions view_issues add_issues edit_issues edit_own_issues copy_issues delete_issues manage_issue_relations manage_subtasks add_issue_notes edit_issue_notes view_private_notes view_issue_watchers add_issue_watchers manage_categories view_time_entries log_time edit_time_entries view_news manage_news view_documents add_documents view_files manage_files view_wiki_pages edit_wiki_pages view_changesets browse_repository commit_access view_messages add_messages view_calendar view_gantt save_queries admin'.split(
    ' ',
  )

export const PLANIO_DEFAULT_SCOPE = 'view_project search_project view_members'
