<?php
// php seed.php WORDPRESS_FOLDER CORPUS: installs WordPress and writes the pages of the corpus as posts. Prints nothing.
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '127.0.0.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
ini_set('memory_limit', '1G');
wp_install('Peer', 'admin', 'admin@example.org', true, '', 'only to measure with');
foreach (['comment_moderation' => 1, 'comment_previously_approved' => 0, 'comments_notify' => 0, 'moderation_notify' => 0] as $name => $value) {
    update_option($name, $value);
}
$corpus = json_decode(file_get_contents($argv[2]), true);
wp_defer_term_counting(true);
wp_defer_comment_counting(true);
wp_suspend_cache_addition(true);
$wpdb->query('SET autocommit=0');
foreach ($corpus as $number => $told) {
    $id = wp_insert_post(['import_id' => 1001 + $number, 'post_title' => $told['title'], 'post_content' => $told['html'],
        'post_status' => 'publish', 'post_author' => 1, 'comment_status' => 'open']);
    foreach ($told['replies'] as $text) {
        wp_insert_comment(['comment_post_ID' => $id, 'comment_author' => 'A visitor', 'comment_author_email' => '',
            'comment_content' => $text, 'comment_approved' => 1]);
    }
}
$wpdb->query('COMMIT');
$wpdb->query('SET autocommit=1');
wp_defer_term_counting(false);
wp_defer_comment_counting(false);
