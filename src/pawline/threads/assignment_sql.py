"""How a query on ``conversation c`` tells who answers it: as JSON of the form of ``AssignmentView``."""

ASSIGNMENT = """CASE WHEN c.assigned_at IS NOT NULL THEN json_build_object(
        'staff_id', c.assignee_id,
        'staff_name', (SELECT n.name FROM person n WHERE n.practice_id = c.practice_id AND n.id = c.assignee_id),
        'clinic_id', c.handed_clinic_id,
        'clinic_name', (SELECT k.name FROM clinic k WHERE k.practice_id = c.practice_id AND k.id = c.handed_clinic_id),
        'role', c.handed_role, 'by_id', c.assigned_by_id,
        'by_name', (SELECT n.name FROM person n WHERE n.practice_id = c.practice_id AND n.id = c.assigned_by_id),
        'at', c.assigned_at, 'revision', c.assigned_revision) END"""
