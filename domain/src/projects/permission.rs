//! What one may do with projects.

crate::permissions! { Projects, "projects":
    ViewProjects = "view", "See projects, tasks and plans", [Admin, Manager, Employee, Client];
    EditProjects = "edit", "Create projects and change their plans", [Admin, Manager];
    DeleteProjects = "delete", "Delete projects", [Admin];
    ManageResources = "manage_resources", "Say who and what can work, when, and how much", [Admin, Manager];
    ReportProgress = "report_progress", "Report progress and comment on tasks", [Admin, Manager, Employee];
}
