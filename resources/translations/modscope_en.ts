<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ClassifyListPane</name>
    <message numerus="yes">
        <source>%1 of %n item(s)</source>
        <translation>
            <numerusform>%1 of %n item</numerusform>
            <numerusform>%1 of %n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not read</source>
        <translation>
            <numerusform>%n not read</numerusform>
            <numerusform>%n not read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClassifyPage</name>
    <message numerus="yes">
        <source>%n item(s) added</source>
        <translation>
            <numerusform>%n item added</numerusform>
            <numerusform>%n items added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %n item(s) of this drop are in the list.</source>
        <translation>
            <numerusform>The first %n item of this drop are in the list.</numerusform>
            <numerusform>The first %n items of this drop are in the list.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n class(es)</source>
        <translation>
            <numerusform>%n class</numerusform>
            <numerusform>%n classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Scores of %n item(s) copied</source>
        <translation>
            <numerusform>Scores of %n item copied</numerusform>
            <numerusform>Scores of %n items copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) removed from the list. The files stay.</source>
        <translation>
            <numerusform>%n item removed from the list. The files stay.</numerusform>
            <numerusform>%n items removed from the list. The files stay.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeviceChoice</name>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n thread</numerusform>
            <numerusform>%n threads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>CPU · %n thread(s) (no GPU found)</source>
        <translation>
            <numerusform>CPU · %n thread (no GPU found)</numerusform>
            <numerusform>CPU · %n threads (no GPU found)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DropContent</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n folder</numerusform>
            <numerusform>%n folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n table(s)</source>
        <translation>
            <numerusform>%n table</numerusform>
            <numerusform>%n tables</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>%n row(s) written</source>
        <translation>
            <numerusform>%n row written</numerusform>
            <numerusform>%n rows written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them with an error</source>
        <translation>
            <numerusform>%n of them with an error</numerusform>
            <numerusform>%n of them with an error</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) will be written; %1 not scored yet are left out.</source>
        <translation>
            <numerusform>%n row will be written; %1 not scored yet are left out.</numerusform>
            <numerusform>%n rows will be written; %1 not scored yet are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) will be written: text, image_path, then pred and prob of each class.</source>
        <translation>
            <numerusform>%n row will be written: text, image_path, then pred and prob of each class.</numerusform>
            <numerusform>%n rows will be written: text, image_path, then pred and prob of each class.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message numerus="yes">
        <source>%1, at most %n token(s)</source>
        <translation>
            <numerusform>%1, at most %n token</numerusform>
            <numerusform>%1, at most %n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelPanel</name>
    <message numerus="yes">
        <source>%n thing(s) to know</source>
        <translation>
            <numerusform>%n thing to know</numerusform>
            <numerusform>%n things to know</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message numerus="yes">
        <source>%n known</source>
        <translation>
            <numerusform>%n known</numerusform>
            <numerusform>%n known</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in use</source>
        <translation>
            <numerusform>%n in use</numerusform>
            <numerusform>%n in use</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show the card of %n model(s)</source>
        <translation>
            <numerusform>Show the card of %n model</numerusform>
            <numerusform>Show the card of %n models</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrivacySection</name>
    <message numerus="yes">
        <source>%n folder name(s) and hashes, in the same file</source>
        <translation>
            <numerusform>%n folder name and hashes, in the same file</numerusform>
            <numerusform>%n folder names and hashes, in the same file</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%n job(s) running</source>
        <translation>
            <numerusform>%n job running</numerusform>
            <numerusform>%n jobs running</numerusform>
        </translation>
    </message>
</context>
</TS>
